/**
 * The sink that writes to a Kafka topic, at least once or, for readers with {@code read_committed},
 * exactly once.
 *
 * <p><b>What.</b> A delivery is cut into Kafka records ({@link io.penstock.exporter.sink.kafka
 * .KafkaFormat}) before the first of them is sent. By default an idempotent producer sends several
 * deliveries at once; when some of their records fail, those alone are offered again.
 *
 * <p><b>Exactly once.</b> With {@code exactly_once} each delivery is one Kafka transaction, under a
 * transactional id that is the task's own: whoever begins under it ends and fences what was there
 * before. Within the transaction stands, as the metadata of an offset, which records of the latest
 * runs are delivered. Whatever is offered after a crash between Kafka's commit and the cursor's is
 * compared with it, record by record, so another cut of the same run (bisected, sliced, whole)
 * leaves no second copy, and a record that was refused within a run is still offered. Error and
 * crash share one way back: a new producer, and what the brokers remember.
 *
 * <p><b>Flow.</b> In: deliveries. Out: Kafka records. Back: {@code Delivered}, {@code Retry} with
 * its cause, or {@code PerRecord}: records over {@code max_record_bytes}, for a partition that does
 * not exist, or with a time that the brokers refuse become dead letters, the others go.
 *
 * <p><b>Threads.</b> Blocking: one worker at a time. Answers come on the producer's thread and hop
 * to that context.
 *
 * <p><b>Limits.</b> A producer holds 32 MiB or four of the largest records. A send blocks at most
 * {@value io.penstock.exporter.sink.kafka.ProducerSettings#MAX_BLOCK_MS} ms; calls of a transaction
 * at most {@code timeout_ms}. Exactly once rests on the group's offset, which brokers forget {@code
 * offsets.retention.minutes} (seven days) after the last delivery; it holds for the latest {@value
 * io.penstock.exporter.sink.kafka.DeliveredRuns#MAX_RUNS} runs, and through the death of processes;
 * after a loss of power of this node the ring may cut other runs, whose records may then come
 * twice.
 */
@NullMarked
package io.penstock.exporter.sink.kafka;

import org.jspecify.annotations.NullMarked;
