/**
 * Verbs that ask the admin port of a live node, or the files of a stopped one.
 *
 * <p><b>What.</b> Reports, exports, orders of a cluster, dead letters, keys, the audit log. {@link
 * io.penstock.gateway.cli.ask.AskVerbs} adds them to {@code penstock}.
 *
 * <p><b>Flow.</b> Options say which node; a document comes back, which is shown in the form that
 * {@code --output} names.
 *
 * <p><b>Threads.</b> The main thread, which may block.
 *
 * <p><b>Limits.</b> Each request has a deadline; lists are read part by part.
 */
@NullMarked
package io.penstock.gateway.cli.ask;

import org.jspecify.annotations.NullMarked;
