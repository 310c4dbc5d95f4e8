/**
 * Records whose fields change from one to the next, gathered into batches.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.batching.NamedBatches} takes values by name.
 *
 * <p><b>Flow.</b> A parser of some protocol tells records; out come the bytes of one batch, or of
 * several where one would be too large. They are NDJSON and not the native encoding, whose records
 * have a value, be it null, for each field of their batch: records of many kinds would say of each
 * field of the others that it is null.
 *
 * <p><b>Threads.</b> Confined to one thread.
 *
 * <p><b>Limits.</b> A record, a batch, and the number of batches as told; all batches together
 * twice one. 1024 values of a record.
 */
@NullMarked
package io.penstock.exporter.batching;

import org.jspecify.annotations.NullMarked;
