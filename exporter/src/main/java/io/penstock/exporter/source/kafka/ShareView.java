package io.penstock.exporter.source.kafka;

import io.penstock.exporter.kafka.TopicFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The shares of a source that are here at a moment, and the topics as they were seen last.
 *
 * <p>Threading: immutable.
 *
 * @param version counts changes
 * @param live shares that are here to stay
 * @param topics those that exist
 */
record ShareView(long version, List<HeldShare> live, Map<String, TopicFacts> topics) {

    /**
     * Why a partition is here.
     *
     * @param share the share that it is in
     * @param topicId of its topic, so that one made anew under an old name is another
     */
    record Reason(HeldShare share, String topicId) {}

    /**
     * Partitions of one consumer of several.
     *
     * @param number of the consumer, from 0
     */
    Map<TopicPartition, Reason> places(int number, int consumers) {
        Map<TopicPartition, Reason> places = new HashMap<>();
        topics.forEach(
                (topic, facts) -> {
                    for (int partition = 0; partition < facts.partitions(); partition++) {
                        for (HeldShare each : live) {
                            boolean isIn =
                                    each.share().has(topic, partition)
                                            && each.share().part(topic, partition, consumers)
                                                    == number;
                            if (isIn) {
                                places.put(
                                        new TopicPartition(topic, partition),
                                        new Reason(each, facts.id()));
                            }
                        }
                    }
                });
        return places;
    }

    /** Whether a partition is still that of the topic that it was. */
    boolean knows(TopicPartition place, Reason reason) {
        TopicFacts facts = topics.get(place.topic());
        return facts != null
                && facts.id().equals(reason.topicId())
                && place.partition() < facts.partitions();
    }
}
