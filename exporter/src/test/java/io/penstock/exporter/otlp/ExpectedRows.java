package io.penstock.exporter.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.penstock.exporter.record.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What docs/otlp.md says of a request, read by protobuf's own classes. JSON stands as maps, lists
 * and {@link BigDecimal}.
 */
final class ExpectedRows {
    private static final Set<String> EXPLICIT = Set.of("sum", "min", "max", "as_double", "as_int");

    private final List<Row> rows = new ArrayList<>();
    private final long arrivedNanos;

    private ExpectedRows(long arrivedNanos) {
        this.arrivedNanos = arrivedNanos;
    }

    static List<Row> of(Message request, long arrivedNanos) {
        ExpectedRows expected = new ExpectedRows(arrivedNanos);
        if (request instanceof ExportLogsServiceRequest logs) {
            expected.logs(logs);
        } else if (request instanceof ExportTraceServiceRequest traces) {
            expected.traces(traces);
        } else if (request instanceof ExportMetricsServiceRequest metrics) {
            expected.metrics(metrics);
        }
        return expected.rows;
    }

    private void logs(ExportLogsServiceRequest request) {
        for (var resource : request.getResourceLogsList()) {
            for (var scope : resource.getScopeLogsList()) {
                for (var log : scope.getLogRecordsList()) {
                    var values = head(resource.getResource(), resource.getSchemaUrl());
                    scope(values, scope.getScope(), scope.getSchemaUrl());
                    plain(values, log, "", Set.of("time_unix_nano"));
                    if (log.hasBody()) {
                        values.put("body", top(log.getBody()));
                    }
                    attributes(values, "attributes.", log.getAttributesList());
                    row(values, log.getTimeUnixNano(), log.getObservedTimeUnixNano());
                }
            }
        }
    }

    private void traces(ExportTraceServiceRequest request) {
        for (var resource : request.getResourceSpansList()) {
            for (var scope : resource.getScopeSpansList()) {
                for (var span : scope.getSpansList()) {
                    var values = head(resource.getResource(), resource.getSchemaUrl());
                    scope(values, scope.getScope(), scope.getSchemaUrl());
                    plain(values, span, "", Set.of("start_time_unix_nano"));
                    plain(values, span.getStatus(), "status.", Set.of());
                    objects(values, "events", span.getEventsList());
                    objects(values, "links", span.getLinksList());
                    attributes(values, "attributes.", span.getAttributesList());
                    row(values, span.getStartTimeUnixNano(), 0);
                }
            }
        }
    }

    private void metrics(ExportMetricsServiceRequest request) {
        for (var resource : request.getResourceMetricsList()) {
            for (var scope : resource.getScopeMetricsList()) {
                for (Metric metric : scope.getMetricsList()) {
                    var head = head(resource.getResource(), resource.getSchemaUrl());
                    scope(head, scope.getScope(), scope.getSchemaUrl());
                    plain(head, metric, "", Set.of());
                    attributes(head, "metadata.", metric.getMetadataList());
                    points(head, metric);
                }
            }
        }
    }

    private void points(Map<String, @Nullable Object> head, Metric metric) {
        for (var entry : metric.getAllFields().entrySet()) {
            FieldDescriptor points =
                    entry.getKey().getType() == FieldDescriptor.Type.MESSAGE
                                    && !entry.getKey().isRepeated()
                            ? entry.getKey().getMessageType().findFieldByName("data_points")
                            : null;
            if (points != null) {
                Message data = (Message) entry.getValue();
                for (Object point : (List<?>) data.getField(points)) {
                    var values = new LinkedHashMap<>(head);
                    values.put("type", entry.getKey().getName());
                    plain(values, data, "", Set.of());
                    point(values, (Message) point);
                }
            }
        }
    }

    private void point(Map<String, @Nullable Object> values, Message point) {
        plain(values, point, "", Set.of("time_unix_nano"));
        long time = 0;
        for (var entry : point.getAllFields().entrySet()) {
            String name = entry.getKey().getName();
            switch (name) {
                case "time_unix_nano" -> time = (Long) entry.getValue();
                case "as_int", "as_double" -> values.put("value", values.remove(name));
                case "attributes" -> attributes(values, "attributes.", keyValues(entry.getValue()));
                case "exemplars", "quantile_values" ->
                        objects(values, name, (List<?>) entry.getValue());
                case "bucket_counts", "explicit_bounds" ->
                        values.put(name, numbers(entry.getKey(), (List<?>) entry.getValue()));
                case "positive", "negative" -> {
                    Buckets buckets = (Buckets) entry.getValue();
                    plain(values, buckets, name + ".", Set.of());
                    if (buckets.getBucketCountsCount() > 0) {
                        values.put(
                                name + ".bucket_counts",
                                numbers(
                                        Buckets.getDescriptor().findFieldByName("bucket_counts"),
                                        buckets.getBucketCountsList()));
                    }
                }
                default -> {
                    // plain has it
                }
            }
        }
        row(values, time, 0);
    }

    private void row(Map<String, @Nullable Object> values, long time, long instead) {
        long stated = time != 0 ? time : instead;
        rows.add(new Row(stated != 0 ? stated : arrivedNanos, values));
    }

    private static Map<String, @Nullable Object> head(Resource resource, String schemaUrl) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        attributes(values, "resource.attributes.", resource.getAttributesList());
        plain(values, resource, "resource.", Set.of());
        if (!schemaUrl.isEmpty()) {
            values.put("resource.schema_url", schemaUrl);
        }
        return values;
    }

    private static void scope(
            Map<String, @Nullable Object> values, InstrumentationScope scope, String schemaUrl) {
        attributes(values, "scope.attributes.", scope.getAttributesList());
        plain(values, scope, "scope.", Set.of());
        if (!schemaUrl.isEmpty()) {
            values.put("scope.schema_url", schemaUrl);
        }
    }

    private static void attributes(
            Map<String, @Nullable Object> values, String prefix, List<KeyValue> attributes) {
        for (KeyValue each : attributes) {
            if (!values.containsKey(prefix + each.getKey())) {
                values.put(prefix + each.getKey(), top(each.getValue()));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<KeyValue> keyValues(Object list) {
        return (List<KeyValue>) list;
    }

    /** Fields that are single and no messages. */
    private static void plain(
            Map<String, @Nullable Object> values, Message message, String prefix, Set<String> but) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            boolean explicit = EXPLICIT.contains(field.getName()) && field.hasPresence();
            boolean set = explicit ? message.hasField(field) : !isDefault(message.getField(field));
            if (set
                    && !field.isRepeated()
                    && field.getType() != FieldDescriptor.Type.MESSAGE
                    && !but.contains(field.getName())) {
                values.put(prefix + field.getName(), scalar(field, message.getField(field)));
            }
        }
    }

    private static boolean isDefault(Object value) {
        return value.equals("")
                || value.equals(ByteString.EMPTY)
                || value.equals(false)
                || value.equals(0)
                || value.equals(0L)
                || value.equals(0.0)
                || (value instanceof EnumValueDescriptor member && member.getNumber() == 0);
    }

    private static Object scalar(FieldDescriptor field, Object value) {
        if (value instanceof ByteString bytes) {
            return HexFormat.of().formatHex(bytes.toByteArray());
        }
        if (value instanceof EnumValueDescriptor member) {
            return (long) member.getNumber();
        }
        boolean unsigned =
                switch (field.getType()) {
                    case UINT32, UINT64, FIXED32, FIXED64 -> true;
                    default -> false;
                };
        if (value instanceof Integer number) {
            return unsigned ? Integer.toUnsignedLong(number) : (long) number;
        }
        if (unsigned && (Long) value < 0) {
            return new BigDecimal(Long.toUnsignedString((Long) value));
        }
        return value;
    }

    private static List<@Nullable Object> numbers(FieldDescriptor field, List<?> list) {
        List<@Nullable Object> numbers = new ArrayList<>();
        list.forEach(each -> numbers.add(decimal(scalar(field, each))));
        return numbers;
    }

    private static void objects(
            Map<String, @Nullable Object> values, String name, List<?> messages) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (Object each : messages) {
            Message message = (Message) each;
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            plain(members, message, "", Set.of());
            members.replaceAll((member, value) -> decimal(value));
            for (String number : List.of("as_int", "as_double")) {
                if (members.containsKey(number)) {
                    members.put("value", members.remove(number));
                }
            }
            for (String attributes : List.of("attributes", "filtered_attributes")) {
                FieldDescriptor field = message.getDescriptorForType().findFieldByName(attributes);
                if (field != null && message.getRepeatedFieldCount(field) > 0) {
                    members.put(attributes, object(keyValues(message.getField(field))));
                }
            }
            objects.add(members);
        }
        if (!objects.isEmpty()) {
            values.put(name, objects);
        }
    }

    /** A value that is a field by itself. */
    private static @Nullable Object top(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BYTES_VALUE -> value.getBytesValue().asReadOnlyByteBuffer();
            case ARRAY_VALUE, KVLIST_VALUE -> nested(value);
            default -> null;
        };
    }

    private static @Nullable Object nested(AnyValue value) {
        return switch (value.getValueCase()) {
            case BYTES_VALUE ->
                    Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            case ARRAY_VALUE -> {
                List<@Nullable Object> list = new ArrayList<>();
                value.getArrayValue().getValuesList().forEach(each -> list.add(nested(each)));
                yield list;
            }
            case KVLIST_VALUE -> object(value.getKvlistValue().getValuesList());
            default -> decimal(top(value));
        };
    }

    private static Map<String, @Nullable Object> object(List<KeyValue> members) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        // of members of one name a reader of JSON takes the last
        members.forEach(each -> object.put(each.getKey(), nested(each.getValue())));
        return object;
    }

    private static @Nullable Object decimal(@Nullable Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? decimal(new BigDecimal(number.toString())) : null;
        }
        if (value instanceof Long number) {
            return decimal(new BigDecimal(number));
        }
        return value instanceof BigDecimal big ? big.stripTrailingZeros() : value;
    }
}
