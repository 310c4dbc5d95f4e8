/**
 * What: jcstress tests of what the ring promises to threads: claim, publish, take, commit, producer
 * windows, wake-up. Each forbidden outcome is named after the bug that it would be.
 *
 * <p>Flow: {@code java -cp perf/target/classes:perf/target/lib/* org.openjdk.jcstress.Main -v}; the
 * suite runs them briefly in a child JVM.
 *
 * <p>Threads: actors are jcstress's; each has a writer of its own. A cursor is used by one actor at
 * a time.
 *
 * <p>Limits: opening a ring costs a thousand times what a test does, so rings are lent from a pool
 * and given back empty by the arbiter: see {@link io.penstock.perf.stress.LentRing}. Use small
 * strides ({@code -strideSize 16 -strideCount 2}), for each state of a stride holds a ring.
 */
@NullMarked
package io.penstock.perf.stress;

import org.jspecify.annotations.NullMarked;
