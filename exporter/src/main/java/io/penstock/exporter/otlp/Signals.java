package io.penstock.exporter.otlp;

import io.penstock.exporter.otlp.Field.Maker;
import io.penstock.exporter.otlp.Field.Time;
import io.penstock.exporter.record.Encoding;
import java.util.Arrays;
import java.util.List;

/**
 * The messages of OTLP from the request down to the record, as tables. Source of the numbers:
 * logs.proto, metrics.proto, trace.proto, resource.proto, common.proto and the three collector
 * services of opentelemetry-proto 1.11; a test holds every row against the generated classes.
 *
 * <p>Left out, and so passed over where they come: {@code Resource.entity_refs} and fields that the
 * files mark as deprecated.
 *
 * <p>Threading: immutable.
 */
final class Signals {
    private static final Labels LABELS = new Labels();

    static final Message LOGS = logs();
    static final Message METRICS = metrics();
    static final Message TRACES = traces();

    /** The label of what kind of metric a data point is of. */
    static final Field METRIC_TYPE = field(0, "type", Kind.TEXT).make(LABELS);

    /** How many labels there are. */
    static final int LABEL_COUNT = LABELS.size();

    private Signals() {}

    /** The request of an encoding. */
    static Message request(Encoding encoding) {
        return switch (encoding) {
            case OTLP_LOGS -> LOGS;
            case OTLP_METRICS -> METRICS;
            case OTLP_TRACES -> TRACES;
            case NATIVE, NDJSON, JSON_ARRAY, TEXT ->
                    throw new IllegalArgumentException(encoding + " is not OTLP");
        };
    }

    private static Message logs() {
        Message record =
                record(
                        field(1, "time_unix_nano", Kind.FIXED64).time(Time.OF_RECORD),
                        field(2, "severity_number", Kind.VARINT),
                        field(3, "severity_text", Kind.TEXT),
                        field(5, "body", Kind.ANY),
                        attributes(6),
                        field(7, "dropped_attributes_count", Kind.VARINT),
                        field(8, "flags", Kind.FIXED32),
                        field(9, "trace_id", Kind.HEX),
                        field(10, "span_id", Kind.HEX),
                        field(11, "observed_time_unix_nano", Kind.FIXED64).time(Time.INSTEAD),
                        field(12, "event_name", Kind.TEXT));
        return request("resource_logs", "scope_logs", "log_records", record);
    }

    private static Message traces() {
        Message event =
                message(
                        field(1, "time_unix_nano", Kind.FIXED64),
                        field(2, "name", Kind.TEXT),
                        attributes(3),
                        field(4, "dropped_attributes_count", Kind.VARINT));
        Message link =
                message(
                        field(1, "trace_id", Kind.HEX),
                        field(2, "span_id", Kind.HEX),
                        field(3, "trace_state", Kind.TEXT),
                        attributes(4),
                        field(5, "dropped_attributes_count", Kind.VARINT),
                        field(6, "flags", Kind.FIXED32));
        Message status =
                message(
                        field(2, "message", Kind.TEXT).as("status.message"),
                        field(3, "code", Kind.VARINT).as("status.code"));
        Message span =
                record(
                        field(1, "trace_id", Kind.HEX),
                        field(2, "span_id", Kind.HEX),
                        field(3, "trace_state", Kind.TEXT),
                        field(4, "parent_span_id", Kind.HEX),
                        field(5, "name", Kind.TEXT),
                        field(6, "kind", Kind.VARINT),
                        field(7, "start_time_unix_nano", Kind.FIXED64).time(Time.OF_RECORD),
                        field(8, "end_time_unix_nano", Kind.FIXED64),
                        attributes(9),
                        field(10, "dropped_attributes_count", Kind.VARINT),
                        field(11, "events", Kind.ELEMENT).of(event),
                        field(12, "dropped_events_count", Kind.VARINT),
                        field(13, "links", Kind.ELEMENT).of(link),
                        field(14, "dropped_links_count", Kind.VARINT),
                        field(15, "status", Kind.INLINE).of(status),
                        field(16, "flags", Kind.FIXED32));
        return request("resource_spans", "scope_spans", "spans", span);
    }

    private static Message metrics() {
        Maker temporality = field(2, "aggregation_temporality", Kind.VARINT);
        Message metric =
                message(
                        field(1, "name", Kind.TEXT),
                        field(2, "description", Kind.TEXT),
                        field(3, "unit", Kind.TEXT),
                        child(5, "gauge", message(points(number()))),
                        child(
                                7,
                                "sum",
                                message(
                                        points(number()),
                                        temporality,
                                        field(3, "is_monotonic", Kind.BOOL))),
                        child(9, "histogram", message(points(histogram()), temporality)),
                        child(
                                10,
                                "exponential_histogram",
                                message(points(exponentialHistogram()), temporality)),
                        child(11, "summary", message(points(summary()))),
                        field(12, "metadata", Kind.KEY_VALUE).as("metadata."));
        return request("resource_metrics", "scope_metrics", "metrics", metric);
    }

    private static Maker points(Message point) {
        return child(1, "data_points", point);
    }

    private static Message number() {
        return record(
                field(2, "start_time_unix_nano", Kind.FIXED64),
                field(3, "time_unix_nano", Kind.FIXED64).time(Time.OF_RECORD),
                field(4, "as_double", Kind.DOUBLE).as("value").explicit(),
                field(5, "exemplars", Kind.ELEMENT).of(exemplar()),
                field(6, "as_int", Kind.SFIXED64).as("value").explicit(),
                attributes(7),
                field(8, "flags", Kind.VARINT));
    }

    private static Message histogram() {
        return record(
                field(2, "start_time_unix_nano", Kind.FIXED64),
                field(3, "time_unix_nano", Kind.FIXED64).time(Time.OF_RECORD),
                field(4, "count", Kind.FIXED64),
                field(5, "sum", Kind.DOUBLE).explicit(),
                field(6, "bucket_counts", Kind.FIXED64_ELEMENT),
                field(7, "explicit_bounds", Kind.DOUBLE_ELEMENT),
                field(8, "exemplars", Kind.ELEMENT).of(exemplar()),
                attributes(9),
                field(10, "flags", Kind.VARINT),
                field(11, "min", Kind.DOUBLE).explicit(),
                field(12, "max", Kind.DOUBLE).explicit());
    }

    private static Message exponentialHistogram() {
        return record(
                attributes(1),
                field(2, "start_time_unix_nano", Kind.FIXED64),
                field(3, "time_unix_nano", Kind.FIXED64).time(Time.OF_RECORD),
                field(4, "count", Kind.FIXED64),
                field(5, "sum", Kind.DOUBLE).explicit(),
                field(6, "scale", Kind.ZIGZAG),
                field(7, "zero_count", Kind.FIXED64),
                field(8, "positive", Kind.INLINE).of(buckets("positive.")),
                field(9, "negative", Kind.INLINE).of(buckets("negative.")),
                field(10, "flags", Kind.VARINT),
                field(11, "exemplars", Kind.ELEMENT).of(exemplar()),
                field(12, "min", Kind.DOUBLE).explicit(),
                field(13, "max", Kind.DOUBLE).explicit(),
                field(14, "zero_threshold", Kind.DOUBLE));
    }

    private static Message buckets(String prefix) {
        return message(
                field(1, "offset", Kind.ZIGZAG).as(prefix + "offset"),
                field(2, "bucket_counts", Kind.VARINT_ELEMENT).as(prefix + "bucket_counts"));
    }

    private static Message summary() {
        Message quantile =
                message(field(1, "quantile", Kind.DOUBLE), field(2, "value", Kind.DOUBLE));
        return record(
                field(2, "start_time_unix_nano", Kind.FIXED64),
                field(3, "time_unix_nano", Kind.FIXED64).time(Time.OF_RECORD),
                field(4, "count", Kind.FIXED64),
                field(5, "sum", Kind.DOUBLE),
                field(6, "quantile_values", Kind.ELEMENT).of(quantile),
                attributes(7),
                field(8, "flags", Kind.VARINT));
    }

    private static Message exemplar() {
        return message(
                field(2, "time_unix_nano", Kind.FIXED64),
                field(3, "as_double", Kind.DOUBLE).as("value").explicit(),
                field(4, "span_id", Kind.HEX),
                field(5, "trace_id", Kind.HEX),
                field(6, "as_int", Kind.SFIXED64).as("value").explicit(),
                field(7, "filtered_attributes", Kind.KEY_VALUE).as("filtered_attributes."));
    }

    /** The request, its resources and scopes: alike for all signals. */
    private static Message request(String resources, String scopes, String items, Message item) {
        Message scope =
                message(
                        field(1, "name", Kind.TEXT).as("scope.name"),
                        field(2, "version", Kind.TEXT).as("scope.version"),
                        field(3, "attributes", Kind.KEY_VALUE).as("scope.attributes."),
                        field(4, "dropped_attributes_count", Kind.VARINT)
                                .as("scope.dropped_attributes_count"));
        Message ofScope =
                message(
                        field(1, "scope", Kind.INLINE).of(scope),
                        child(2, items, item),
                        field(3, "schema_url", Kind.TEXT).as("scope.schema_url"));
        Message resource =
                message(
                        field(1, "attributes", Kind.KEY_VALUE).as("resource.attributes."),
                        field(2, "dropped_attributes_count", Kind.VARINT)
                                .as("resource.dropped_attributes_count"));
        Message ofResource =
                message(
                        field(1, "resource", Kind.INLINE).of(resource),
                        child(2, scopes, ofScope),
                        field(3, "schema_url", Kind.TEXT).as("resource.schema_url"));
        return message(child(1, resources, ofResource));
    }

    private static Maker attributes(int number) {
        return field(number, "attributes", Kind.KEY_VALUE).as("attributes.");
    }

    private static Maker field(int number, String name, Kind kind) {
        return new Maker(number, name, kind);
    }

    private static Maker child(int number, String name, Message message) {
        return new Maker(number, name, Kind.CHILD).of(message);
    }

    private static Message message(Maker... fields) {
        return new Message(false, made(fields));
    }

    private static Message record(Maker... fields) {
        return new Message(true, made(fields));
    }

    private static List<Field> made(Maker... fields) {
        return Arrays.stream(fields).map(field -> field.make(LABELS)).toList();
    }
}
