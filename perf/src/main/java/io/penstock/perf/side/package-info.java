/**
 * What: the two sides of a comparison as child processes: floor and gateway, pinned to the same
 * cores, under the same JVM options, and what the kernel says they used.
 *
 * <p>Flow: a {@link io.penstock.perf.side.Side} is started, measured from outside through {@link
 * io.penstock.perf.side.ProcFs}, and ended by its handle.
 *
 * <p>Threads: any; every wait has a deadline.
 *
 * <p>Limits: pinning needs Linux, {@code taskset} and two CPUs; elsewhere both sides and the loader
 * share what there is. A child ends when its parent does, however that happens: see {@link
 * io.penstock.perf.side.TiedMain}.
 */
@NullMarked
package io.penstock.perf.side;

import org.jspecify.annotations.NullMarked;
