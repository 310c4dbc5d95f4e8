/**
 * The sink for eyes: records as lines on standard output.
 *
 * <p><b>What.</b> One JSON object per line. Lines over {@code max_records_per_second} are left out,
 * and a line beginning with {@code #} says how many; they count as delivered.
 *
 * <p><b>Flow.</b> In: deliveries. Out: the process's standard output.
 *
 * <p><b>Threads.</b> Blocking, on a worker: whoever reads standard output may be slow.
 *
 * <p><b>Limits.</b> The rate is a bucket that holds one second's worth.
 */
@NullMarked
package io.penstock.exporter.sink.console;

import org.jspecify.annotations.NullMarked;
