/**
 * InfluxDB's line protocol: points as text.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.lineprotocol.LineProtocol} reads lines into records;
 * {@code LineTokens} takes one line apart; {@link io.penstock.exporter.lineprotocol.Precision} is
 * the unit of times; {@link io.penstock.exporter.lineprotocol.LineFault} is what is wrong with a
 * line.
 *
 * <p><b>Flow.</b> Bytes of a request → a record per line: the field {@code measurement}, the tags
 * as texts, the fields with their types, in batches of NDJSON. A bad line is a fault and the others
 * are read all the same.
 *
 * <p><b>Threads.</b> Confined to one thread.
 *
 * <p><b>Limits.</b> 1024 tags and fields of a line, names of 240 bytes, lines as long as records
 * may be; unsigned integers up to 2^63-1, as records have signed ones; ten faults are kept, the
 * others counted.
 */
@NullMarked
package io.penstock.exporter.lineprotocol;

import org.jspecify.annotations.NullMarked;
