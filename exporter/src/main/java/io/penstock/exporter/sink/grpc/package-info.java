/**
 * The sink that pushes to another Penstock.
 *
 * <p><b>What.</b> A call of {@code IngestService.Push} per staged batch, over one HTTP/2
 * connection, at most {@value io.penstock.exporter.sink.grpc.PushRound#MAX_UNDER_WAY} at once for
 * one delivery. Batches that clients sent as RecordBatch go as they are; others are rebuilt as one,
 * and what had no time of its own gets the time of its arrival there.
 *
 * <p><b>Once.</b> Producer and sequence are derived from the delivery's id ({@link
 * io.penstock.exporter.sink.grpc.PushPieces}), so that a batch that comes again is a duplicate
 * there and is acknowledged without being staged a second time. The other side remembers {@code
 * ring.max_producers} producers of a repo (1024): as long as fewer batches than that, of this
 * export and of others who push to the same repo, go in between.
 *
 * <p><b>Answers.</b> {@link io.penstock.exporter.sink.grpc.GrpcPush}: OK delivers;
 * RESOURCE_EXHAUSTED with RetryInfo, UNAVAILABLE and DEADLINE_EXCEEDED are tried again, after the
 * time that RetryInfo states; INVALID_ARGUMENT and a message that is too large are Rejected;
 * everything else is tried again, for a person mends it. When some batches of a delivery are staged
 * and some are not, the others alone come again (PerRecord): a refused one is halved only when
 * nothing beside it is staged, since halves have identities of their own.
 *
 * <p><b>Flow.</b> In: deliveries. Out: the data port of another Penstock.
 *
 * <p><b>Threads.</b> All on the event loop of the sink's context; nothing blocks.
 *
 * <p><b>Limits.</b> Memory: open deliveries, as messages. Records of a delivery arrive there in the
 * order of the batches only as far as they are not under way at once.
 */
@NullMarked
package io.penstock.exporter.sink.grpc;

import org.jspecify.annotations.NullMarked;
