package io.penstock.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Our tables against the generated classes: every row, and every field that has no row. */
class SignalsTest {

    private final TreeSet<String> unknown = new TreeSet<>();

    @Test
    void everyRowIsAFieldOfTheGeneratedClasses() {
        compare(Signals.LOGS, ExportLogsServiceRequest.getDescriptor());
        compare(Signals.METRICS, ExportMetricsServiceRequest.getDescriptor());
        compare(Signals.TRACES, ExportTraceServiceRequest.getDescriptor());

        assertThat(unknown).containsExactly("opentelemetry.proto.resource.v1.Resource.entity_refs");
    }

    private void compare(Message ours, Descriptor theirs) {
        for (Field field : ours.fields()) {
            FieldDescriptor same = theirs.findFieldByNumber(field.number);
            assertThat(same).as(theirs.getName() + " " + field.name).isNotNull();
            assertThat(field.name).isEqualTo(same.getName());
            assertThat(field.kind).as(same.getFullName()).isEqualTo(kind(field, same));
            assertThat(field.kind.wireType).isEqualTo(same.getLiteType().getWireType());
            boolean single = !same.isRepeated() && same.getType() != FieldDescriptor.Type.MESSAGE;
            assertThat(field.explicit)
                    .as(same.getFullName())
                    .isEqualTo(single && same.hasPresence());
            if (field.message != null) {
                compare(field.child(), same.getMessageType());
            }
        }
        theirs.getFields().stream()
                .filter(field -> ours.field(field.getNumber() << 3) == null)
                .forEach(field -> unknown.add(field.getFullName()));
    }

    private static Kind kind(Field ours, FieldDescriptor theirs) {
        return switch (theirs.getType()) {
            case STRING -> Kind.TEXT;
            case BYTES -> Kind.HEX;
            case BOOL -> Kind.BOOL;
            case DOUBLE -> theirs.isRepeated() ? Kind.DOUBLE_ELEMENT : Kind.DOUBLE;
            case FIXED64 -> theirs.isRepeated() ? Kind.FIXED64_ELEMENT : Kind.FIXED64;
            case SFIXED64 -> Kind.SFIXED64;
            case FIXED32 -> Kind.FIXED32;
            case SINT32 -> Kind.ZIGZAG;
            case UINT64 -> Kind.VARINT_ELEMENT;
            case UINT32, ENUM -> Kind.VARINT;
            case MESSAGE -> nested(ours, theirs);
            default -> throw new AssertionError(theirs.getFullName() + " " + theirs.getType());
        };
    }

    private static Kind nested(Field ours, FieldDescriptor theirs) {
        if (theirs.getMessageType().equals(AnyValue.getDescriptor())) {
            return Kind.ANY;
        }
        if (theirs.getMessageType().equals(KeyValue.getDescriptor())) {
            return Kind.KEY_VALUE;
        }
        // containers, elements and inline messages look alike on the wire
        assertThat(ours.kind).isIn(Kind.CHILD, Kind.ELEMENT, Kind.INLINE);
        assertThat(ours.kind == Kind.ELEMENT)
                .isEqualTo(ours.kind != Kind.CHILD && theirs.isRepeated());
        return ours.kind;
    }

    @Test
    void tagsOfValuesAreThoseOfTheGeneratedClasses() {
        Descriptor any = AnyValue.getDescriptor();

        assertThat(Tags.ANY_STRING).isEqualTo(tag(any, "string_value"));
        assertThat(Tags.ANY_BOOL).isEqualTo(tag(any, "bool_value"));
        assertThat(Tags.ANY_INT).isEqualTo(tag(any, "int_value"));
        assertThat(Tags.ANY_DOUBLE).isEqualTo(tag(any, "double_value"));
        assertThat(Tags.ANY_ARRAY).isEqualTo(tag(any, "array_value"));
        assertThat(Tags.ANY_LIST).isEqualTo(tag(any, "kvlist_value"));
        assertThat(Tags.ANY_BYTES).isEqualTo(tag(any, "bytes_value"));
        assertThat(Tags.KEY).isEqualTo(tag(KeyValue.getDescriptor(), "key"));
        assertThat(Tags.VALUE).isEqualTo(tag(KeyValue.getDescriptor(), "value"));
        assertThat(Tags.VALUES).isEqualTo(tag(ArrayValue.getDescriptor(), "values"));
        assertThat(Tags.VALUES).isEqualTo(tag(KeyValueList.getDescriptor(), "values"));
    }

    private static int tag(Descriptor message, String name) {
        FieldDescriptor field = message.findFieldByName(name);
        return field.getNumber() << 3 | field.getLiteType().getWireType();
    }
}
