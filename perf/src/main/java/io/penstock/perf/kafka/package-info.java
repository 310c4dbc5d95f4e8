/**
 * What Kafka in and Kafka out cost, beside Kafka's own clients in their plainest form.
 *
 * <p>What: {@link io.penstock.perf.kafka.KafkaBench} starts a real broker and has a gateway and its
 * peer do the same work in turn, each in a JVM of its own.
 *
 * <p>Flow: what counts is read off the brokers: how far the ends of the target topic move in a
 * window, and what CPU the writing process uses meanwhile; the same way for every side. A ring is
 * filled beforehand by a gateway whose Kafka is away; topics are filled by Kafka's own tool.
 *
 * <p>Threads: the caller's; the work is done by child processes.
 *
 * <p>Limits: needs the broker's jars, which only a build has. Broker and client share the machine,
 * so a client that leaves more CPU to the broker gains twice.
 */
@NullMarked
package io.penstock.perf.kafka;

import org.jspecify.annotations.NullMarked;
