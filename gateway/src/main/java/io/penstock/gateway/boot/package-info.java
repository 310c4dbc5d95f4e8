/**
 * The process: what it is made of, and in which order it starts and stops.
 *
 * <p><b>What.</b> The only place that knows every room: it makes their parts, hands them to one
 * another, and owns their lives.
 *
 * <p><b>Flow.</b> Configuration in; a running node out.
 *
 * <p><b>Threads.</b> Start and stop are driven by the caller's thread; nothing here is on the way
 * of a batch.
 *
 * <p><b>Limits.</b> Every step of start and stop has a deadline.
 */
@NullMarked
package io.penstock.gateway.boot;

import org.jspecify.annotations.NullMarked;
