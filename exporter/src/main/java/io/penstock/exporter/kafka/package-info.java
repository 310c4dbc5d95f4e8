/**
 * What the Kafka source and the Kafka sink share: clusters, and a look at topics.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.kafka.KafkaCluster} is a cluster as a user names it;
 * {@link io.penstock.exporter.kafka.TopicLook} asks it, once at start, for the topics that are
 * wanted.
 *
 * <p><b>Flow.</b> Configuration in; settings of plain Kafka clients, and facts of topics, out. The
 * records themselves do not pass here: the Vert.x Kafka client hops between threads for each of
 * them, and tells of a revoked partition only when it is gone, so it serves administration alone.
 *
 * <p><b>Threads.</b> Any; clients are made and closed on worker threads.
 *
 * <p><b>Limits.</b> A look ends within {@value io.penstock.exporter.kafka.TopicLook#LIMIT_MS} ms.
 */
@NullMarked
package io.penstock.exporter.kafka;

import org.jspecify.annotations.NullMarked;
