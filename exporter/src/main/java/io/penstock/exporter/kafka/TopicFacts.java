package io.penstock.exporter.kafka;

/**
 * What a cluster says about a topic.
 *
 * <p>Threading: immutable.
 *
 * @param id differs between two topics of one name, one of which was deleted; a dash where brokers
 *     (before 2.8) know none
 * @param partitions at least 1
 */
public record TopicFacts(String id, int partitions) {}
