package io.penstock.exporter.trace;

import io.penstock.model.TraceParent;
import java.util.List;
import java.util.Map;

/**
 * Something that took a while, and is over. Words and meanings are those of OpenTelemetry's data
 * model for traces.
 *
 * <p>Threading: immutable.
 *
 * @param name {@code push}, {@code stage} or {@code deliver}
 * @param place its own place in its trace
 * @param parent id of the span above it; 0 for none
 * @param startNs nanoseconds since 1970
 * @param endNs likewise
 * @param attributes names to values: text, {@link Long} or {@link Boolean}
 * @param events what happened meanwhile, in order
 * @param links places of other traces that it belongs to as well
 * @param fault why it did not end well; empty when it did
 */
public record Span(
        String name,
        Kind kind,
        TraceParent place,
        long parent,
        long startNs,
        long endNs,
        Map<String, Object> attributes,
        List<Event> events,
        List<TraceParent> links,
        String fault) {

    /** Which side of what it is. */
    public enum Kind {
        /** Within this process. */
        INTERNAL,
        /** Answers a client. */
        SERVER,
        /** Hands to others what they work on by themselves. */
        PRODUCER
    }

    /** Takes copies. */
    public Span {
        attributes = Map.copyOf(attributes);
        events = List.copyOf(events);
        links = List.copyOf(links);
    }

    /**
     * Something that happened.
     *
     * @param atNs nanoseconds since 1970
     * @param attributes as in a span
     */
    public record Event(String name, long atNs, Map<String, Object> attributes) {
        /** Takes a copy. */
        public Event {
            attributes = Map.copyOf(attributes);
        }
    }
}
