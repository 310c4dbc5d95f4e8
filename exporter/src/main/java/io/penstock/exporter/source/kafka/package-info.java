/**
 * The source that reads Kafka topics into a repo.
 *
 * <p><b>What.</b> A {@link io.penstock.exporter.source.kafka.KafkaSource} has one or more
 * consumers, each on a thread of its own with a share of the partitions. A partition is a {@link
 * io.penstock.exporter.source.kafka.Lane}: its batches are offered to the stage one at a time, in
 * order.
 *
 * <p><b>Flow.</b> Poll - batches - lanes - intake (on its event loop). The next poll happens while
 * the last is being staged, until {@code prefetch_bytes} wait; then, or while the stage refuses,
 * partitions are paused. Back: an offset is committed when everything before it is staged (or
 * synced, or delivered, as {@code ack} says), at most once per {@code commit_interval_ms}, and
 * always when a partition is handed over.
 *
 * <p><b>Once.</b> To the ring a partition is a producer, and the offset behind a batch its
 * sequence. A partition begins where its committed offset or the ring's memory of that producer
 * says, whichever is further: what was staged and not committed before a crash is not staged again.
 * A partition that moves within this process begins when nothing of it is with the stage. One that
 * moves to another node, whose ring knows nothing of it, begins at the committed offset.
 *
 * <p><b>Whose.</b> Partitions are dealt by Kafka's consumer group ({@link
 * io.penstock.exporter.source.kafka.GroupClaim}) while a node is alone, or by a scheduler: then
 * {@link io.penstock.exporter.source.kafka.AssignedShares} hears which shares are here, {@link
 * io.penstock.exporter.source.kafka.TopicWatch} which partitions there are, and each consumer takes
 * and gives up what follows from both ({@link io.penstock.exporter.source.kafka.ShareClaim}). The
 * lease of a share is asked before each batch is staged, and before a commit.
 *
 * <p><b>Threads.</b> A thread per consumer; offers and answers on the event loop of its intake; the
 * lane's monitor between them is held for a few steps only.
 *
 * <p><b>Limits.</b> {@code prefetch_bytes} and one poll per consumer; of staged and undelivered
 * batches {@value io.penstock.exporter.source.kafka.Lane#MAX_AWAITED} per partition. A hand-over
 * waits {@value io.penstock.exporter.source.kafka.Assignment#HANDOVER_MS} ms at the most. The ring
 * remembers {@code ring.max_producers} producers, partitions included. A record that no segment can
 * hold stops its partition until a person acts. Where a topic was cut off behind what was staged
 * (an unclean election), offsets are used anew and nothing is compared until the next start.
 */
@NullMarked
package io.penstock.exporter.source.kafka;

import org.jspecify.annotations.NullMarked;
