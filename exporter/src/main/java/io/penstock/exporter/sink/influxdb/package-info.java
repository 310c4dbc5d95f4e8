/**
 * The sink for time series: InfluxDB 1 and 2, and what speaks their line protocol, VictoriaMetrics
 * among them.
 *
 * <p><b>What.</b> A record becomes a point: {@code measurement,tag=value field=value time}. The
 * measurement is a constant or a field's value; the fields named as {@code tags} become tags, the
 * others (or those named as {@code fields}) fields. Escapes: {@link
 * io.penstock.exporter.sink.influxdb.LineText}.
 *
 * <table>
 *   <caption>What a value becomes</caption>
 *   <tr><td>integer</td><td>{@code 42i}, or {@code 42} without {@code integer_fields}</td></tr>
 *   <tr><td>floating point</td><td>decimal text; NaN and infinities are left out, which line
 *       protocol cannot say</td></tr>
 *   <tr><td>boolean</td><td>{@code true}, {@code false}</td></tr>
 *   <tr><td>text</td><td>quoted, unless {@code text_fields} is off</td></tr>
 *   <tr><td>bytes, nested JSON</td><td>as text: base64, JSON</td></tr>
 *   <tr><td>null, absent, an empty tag</td><td>left out</td></tr>
 *   <tr><td>a field called {@code time}</td><td>left out: line protocol keeps the word for the
 *       point's own time, which is the record's, in nanoseconds</td></tr>
 * </table>
 *
 * <p>A record without any field has no line. It is refused, not dropped in silence: a filter is the
 * way to say that it is not wanted.
 *
 * <p><b>Answers.</b> As {@link io.penstock.exporter.sink.web} has it, but for 400 and 422, which
 * may speak of single points ({@link io.penstock.exporter.sink.influxdb.PartialWrite}): where they
 * name lines, or a count that is all of them, those records alone are refused; otherwise fan-out
 * halves the delivery, which does no harm since what was written is overwritten by itself.
 * VictoriaMetrics answers 204 whatever it could not read, and logs it.
 *
 * <p><b>Once.</b> A point with the same measurement, tags and time overwrites itself, so a delivery
 * that is offered again leaves no second copy. For the same reason two records that share all three
 * become one point: tags must tell apart what happens in the same nanosecond. VictoriaMetrics keeps
 * both samples unless it runs with {@code -dedup.minScrapeInterval=1ms}, and has times in
 * milliseconds.
 *
 * <p><b>Flow.</b> In: deliveries. Out: {@code /write} or {@code /api/v2/write}.
 *
 * <p><b>Threads.</b> All on the event loop of the sink's context; nothing blocks.
 *
 * <p><b>Limits.</b> {@code max_body_bytes} of lines in one request; open deliveries times that in
 * memory.
 */
@NullMarked
package io.penstock.exporter.sink.influxdb;

import org.jspecify.annotations.NullMarked;
