/**
 * Elasticsearch's {@code _bulk}, and what clients and shippers ask before they send it.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.door.bulk.BulkDoor} knows the paths; {@code
 * BulkRequest} is one body with its items; {@code BulkAnswers} has Elasticsearch's words; {@code
 * ClusterAnswers} are the answers about a cluster that there is not.
 *
 * <p><b>Flow.</b> Body → {@code exporter.bulk} → documents by repo, each as one NDJSON batch of the
 * documents' own bytes → an answer with a result per item. The action lines name indices and are
 * not records, so they are not staged; ids are kept in a field on wish.
 *
 * <p><b>Threads.</b> Bodies are read on worker threads, all else is confined to the event loop.
 *
 * <p><b>Limits.</b> {@link io.penstock.exporter.bulk.BulkBody#MAX_ACTIONS} items and 64 repos a
 * request. {@code delete} and {@code update} are refused per item: what is staged is not changed.
 */
@NullMarked
package io.penstock.gateway.door.bulk;

import org.jspecify.annotations.NullMarked;
