package io.penstock.exporter.fanout;

import java.util.Map;

/**
 * The sink of an export as a user writes it: {@code type} names it, the other keys are its own.
 *
 * <p>Threading: immutable.
 *
 * @param type word of a {@link io.penstock.exporter.sink.SinkFactory}
 * @param settings the sink's keys as they were read; the configuration turns them into the
 *     factory's record
 */
public record SinkSpec(String type, Map<String, Object> settings) {
    /** Copies the map; refuses an empty type. */
    public SinkSpec {
        if (type.isEmpty()) {
            throw new IllegalArgumentException("sink.type is empty");
        }
        settings = Map.copyOf(settings);
    }
}
