/**
 * Rows to Parquet files (the format's own page: apache/parquet-format, README.md and Encodings.md),
 * without Hadoop and without an object per record or value.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.parquet.ParquetRowWriter} is a record visitor that
 * collects a row group in column buffers and writes it when it is large enough. The file's schema
 * is the union of the fields that its rows have, told beforehand: the column {@code time} ({@code
 * TIMESTAMP(NANOS, UTC)}, required), then per field and kind of value an optional column: text a
 * STRING, integers INT64, floating point DOUBLE, booleans BOOLEAN, bytes BYTE_ARRAY, nested JSON a
 * JSON text. A field that is absent and one that is null read the same; one that is null in all
 * rows has no column.
 *
 * <p><b>Conflicts.</b> A field whose values are of several kinds has a column for each, so that
 * nothing is converted and nothing lost: the first kind it has in the order int, double, bool,
 * string, json, bytes takes the field's name, the others {@code <field>__<kind>}. A field named
 * {@code time} is {@code time__<kind>}. Where such a name is another field's, underscores are added
 * at its end.
 *
 * <p><b>Encodings.</b> Text, bytes, integers and doubles go to a dictionary until that is not worth
 * it (over 1 MiB, or nearly every value a new one); then integers and times are
 * DELTA_BINARY_PACKED, all else is PLAIN. Pages are of version 1, at most 32,768 rows or about 1
 * MiB, with CRC32; chunks have null counts, least and greatest value. Only the thrift structures of
 * the footer and of page headers are parquet-format's.
 *
 * <p><b>Flow.</b> In: visitor calls. Out: a new file, complete when {@code close} returns.
 *
 * <p><b>Threads.</b> A writer is confined to one thread.
 *
 * <p><b>Limits.</b> Memory per writer: about twice the row group ({@code rowGroupBytes}, buffers
 * grow by doubling), the largest record, a page and its compressed form, and about 1 KiB per
 * column.
 */
@NullMarked
package io.penstock.exporter.parquet;

import org.jspecify.annotations.NullMarked;
