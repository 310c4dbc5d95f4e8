/**
 * The sink for log search: OpenSearch, Elasticsearch, and what speaks their bulk API.
 *
 * <p><b>What.</b> A delivery becomes one {@code _bulk} request that creates a document per record,
 * in the index that the record's time names ({@link
 * io.penstock.exporter.sink.opensearch.IndexName}). Documents are the records as JSON, their time
 * under {@code time_key}.
 *
 * <p><b>Answers.</b> The request as a whole is answered as {@link io.penstock.exporter.sink.web}
 * has it; a 200 speaks record by record:
 *
 * <table>
 *   <caption>What an item's status means</caption>
 *   <tr><td>2xx</td><td>delivered</td></tr>
 *   <tr><td>409</td><td>delivered before: {@code create} leaves the document that has the id</td></tr>
 *   <tr><td>429, 5xx</td><td>that record again, alone</td></tr>
 *   <tr><td>401, 403, 404</td><td>again: an index that is missing or blocked is mended by a
 *       person</td></tr>
 *   <tr><td>other 4xx</td><td>that record is refused, with its reason: a field that does not fit
 *       the mapping</td></tr>
 * </table>
 *
 * <p><b>Once.</b> A document's id is made of the epoch of the ring, the first position of the run
 * and the number of the record in it, so that it is the same through retries, slices, crashes and
 * replays of dead letters, and a record is in the index once however often it is offered. The index
 * is that of the record's time, not of today. Two exports to one index cut their runs each for
 * itself, and leave a copy each.
 *
 * <p><b>Flow.</b> In: deliveries. Out: {@code /_bulk}.
 *
 * <p><b>Threads.</b> All on the event loop of the sink's context; nothing blocks.
 *
 * <p><b>Limits.</b> {@code max_body_bytes} in one request. Of an answer {@value
 * io.penstock.exporter.sink.opensearch.BulkDialect#ITEM_BYTES} bytes per record are read, beyond
 * which the delivery is halved. A record that states no time has that of its arrival, which is the
 * same whenever it is offered.
 */
@NullMarked
package io.penstock.exporter.sink.opensearch;

import org.jspecify.annotations.NullMarked;
