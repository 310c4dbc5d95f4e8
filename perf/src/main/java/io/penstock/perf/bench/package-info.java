/**
 * What: JMH benchmarks of the steps on the way of a batch, each by itself: scan, append, take,
 * decode and write. With {@code -prof gc} they show what is allocated.
 *
 * <p>Flow: {@code java -cp perf/target/classes:perf/target/lib/* org.openjdk.jmh.Main NAME -prof
 * gc}.
 *
 * <p>Threads: JMH's.
 *
 * <p>Limits: a number from here is of one step with warm caches; what a whole gateway does, {@code
 * penstock bench} says. A test runs every benchmark for a moment, so that none rots.
 */
@NullMarked
package io.penstock.perf.bench;

import org.jspecify.annotations.NullMarked;
