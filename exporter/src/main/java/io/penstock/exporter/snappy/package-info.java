/**
 * Snappy's block format, undone.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.snappy.SnappyInflater}.
 *
 * <p><b>Flow.</b> A whole block in, its bytes out.
 *
 * <p><b>Threads.</b> Any thread; nothing is kept.
 *
 * <p><b>Limits.</b> A block names its length first: what is over the limit is not unpacked at all.
 */
@NullMarked
package io.penstock.exporter.snappy;

import org.jspecify.annotations.NullMarked;
