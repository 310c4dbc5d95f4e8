package io.penstock.gateway.trace;

import com.google.protobuf.CodedOutputStream;
import io.penstock.exporter.trace.Span;
import io.penstock.model.TraceParent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * {@code ExportTraceServiceRequest} of opentelemetry-proto 1.11, as far as our spans need it. The
 * numbers below are those of its fields.
 *
 * <p>Threading: immutable.
 */
final class SpanMessage {
    /** Longer texts are cut off. */
    static final int MAX_TEXT_CHARS = 1024;

    // ExportTraceServiceRequest, ResourceSpans, ScopeSpans
    private static final int RESOURCE_SPANS = 1;
    private static final int RESOURCE = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int RESOURCE_ATTRIBUTES = 1;
    private static final int SCOPE = 1;
    private static final int SCOPE_NAME = 1;
    private static final int SPANS = 2;

    // Span
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int TRACE_STATE = 3;
    private static final int PARENT_SPAN_ID = 4;
    private static final int NAME = 5;
    private static final int KIND = 6;
    private static final int START = 7;
    private static final int END = 8;
    private static final int ATTRIBUTES = 9;
    private static final int EVENTS = 11;
    private static final int LINKS = 13;
    private static final int STATUS = 15;

    // Span.Event, Span.Link, Status
    private static final int EVENT_TIME = 1;
    private static final int EVENT_NAME = 2;
    private static final int EVENT_ATTRIBUTES = 3;
    private static final int LINK_TRACE_ID = 1;
    private static final int LINK_SPAN_ID = 2;
    private static final int STATUS_MESSAGE = 2;
    private static final int STATUS_CODE = 3;
    private static final int STATUS_ERROR = 2;

    // KeyValue, AnyValue
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int STRING_VALUE = 1;
    private static final int BOOL_VALUE = 2;
    private static final int INT_VALUE = 3;

    private final byte[] resource;

    /** Messages of a node. */
    SpanMessage(String node) {
        resource =
                message(
                        out -> {
                            attribute(out, RESOURCE_ATTRIBUTES, "service.name", "penstock");
                            attribute(out, RESOURCE_ATTRIBUTES, "service.instance.id", node);
                        });
    }

    /** Something written into a message. */
    @FunctionalInterface
    private interface Part {
        void write(CodedOutputStream out) throws IOException;
    }

    /** The message with these spans. */
    byte[] of(List<Span> spans) {
        byte[] scope = message(out -> out.writeString(SCOPE_NAME, "io.penstock"));
        byte[] inScope =
                message(
                        out -> {
                            out.writeByteArray(SCOPE, scope);
                            for (Span span : spans) {
                                out.writeByteArray(SPANS, message(inner -> span(inner, span)));
                            }
                        });
        byte[] ofResource =
                message(
                        out -> {
                            out.writeByteArray(RESOURCE, resource);
                            out.writeByteArray(SCOPE_SPANS, inScope);
                        });
        return message(out -> out.writeByteArray(RESOURCE_SPANS, ofResource));
    }

    private static byte[] message(Part part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            part.write(out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void span(CodedOutputStream out, Span span) throws IOException {
        out.writeByteArray(TRACE_ID, traceId(span.place()));
        out.writeByteArray(SPAN_ID, bytes(span.place().span()));
        if (!span.place().state().isEmpty()) {
            out.writeString(TRACE_STATE, span.place().state());
        }
        if (span.parent() != 0) {
            out.writeByteArray(PARENT_SPAN_ID, bytes(span.parent()));
        }
        out.writeString(NAME, span.name());
        out.writeEnum(KIND, kind(span.kind()));
        out.writeFixed64(START, span.startNs());
        out.writeFixed64(END, span.endNs());
        attributes(out, ATTRIBUTES, span.attributes());
        for (Span.Event event : span.events()) {
            out.writeByteArray(EVENTS, message(inner -> event(inner, event)));
        }
        for (TraceParent link : span.links()) {
            out.writeByteArray(LINKS, message(inner -> link(inner, link)));
        }
        if (!span.fault().isEmpty()) {
            out.writeByteArray(STATUS, message(inner -> status(inner, span.fault())));
        }
    }

    private static int kind(Span.Kind kind) {
        return switch (kind) {
            case INTERNAL -> 1;
            case SERVER -> 2;
            case PRODUCER -> 4;
        };
    }

    private static void event(CodedOutputStream out, Span.Event event) throws IOException {
        out.writeFixed64(EVENT_TIME, event.atNs());
        out.writeString(EVENT_NAME, event.name());
        attributes(out, EVENT_ATTRIBUTES, event.attributes());
    }

    private static void link(CodedOutputStream out, TraceParent link) throws IOException {
        out.writeByteArray(LINK_TRACE_ID, traceId(link));
        out.writeByteArray(LINK_SPAN_ID, bytes(link.span()));
    }

    private static void status(CodedOutputStream out, String fault) throws IOException {
        out.writeString(STATUS_MESSAGE, cut(fault));
        out.writeEnum(STATUS_CODE, STATUS_ERROR);
    }

    private static void attributes(CodedOutputStream out, int field, Map<String, Object> all)
            throws IOException {
        for (Map.Entry<String, Object> each : all.entrySet()) {
            attribute(out, field, each.getKey(), each.getValue());
        }
    }

    private static void attribute(CodedOutputStream out, int field, String key, Object value)
            throws IOException {
        byte[] any = message(inner -> value(inner, value));
        out.writeByteArray(
                field,
                message(
                        inner -> {
                            inner.writeString(KEY, key);
                            inner.writeByteArray(VALUE, any);
                        }));
    }

    private static void value(CodedOutputStream out, Object value) throws IOException {
        if (value instanceof Long number) {
            out.writeInt64(INT_VALUE, number);
        } else if (value instanceof Boolean truth) {
            out.writeBool(BOOL_VALUE, truth);
        } else {
            out.writeString(STRING_VALUE, cut(value.toString()));
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT_CHARS ? text : text.substring(0, MAX_TEXT_CHARS);
    }

    private static byte[] traceId(TraceParent place) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(place.high())
                .putLong(place.low())
                .array();
    }

    private static byte[] bytes(long id) {
        return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
    }
}
