/**
 * The command line: verbs and {@code main}.
 *
 * <p><b>What.</b> One class per verb. Verbs that look at a node ask the admin port of a live one,
 * and read the files of a stopped one.
 *
 * <p><b>Flow.</b> Arguments in; results to standard output as text or JSON, progress and complaints
 * to standard error, and an exit code ({@link io.penstock.gateway.cli.ExitCode}).
 *
 * <p><b>Threads.</b> The main thread, which may block.
 *
 * <p><b>Limits.</b> Other modules add verbs through {@link io.penstock.gateway.cli.VerbProvider}.
 */
@NullMarked
package io.penstock.gateway.cli;

import org.jspecify.annotations.NullMarked;
