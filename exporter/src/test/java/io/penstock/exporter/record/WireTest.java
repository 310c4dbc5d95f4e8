package io.penstock.exporter.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.penstock.proto.record.v1.FieldSchema;
import io.penstock.proto.record.v1.FieldType;
import io.penstock.proto.record.v1.Record;
import io.penstock.proto.record.v1.RecordBatch;
import io.penstock.proto.record.v1.Value;
import org.junit.jupiter.api.Test;

class WireTest {

    @Test
    void tagsAreThoseOfTheGeneratedClasses() {
        Descriptor value = Value.getDescriptor();

        assertThat(Wire.BATCH_FIELDS).isEqualTo(tag(RecordBatch.getDescriptor(), "fields"));
        assertThat(Wire.BATCH_RECORDS).isEqualTo(tag(RecordBatch.getDescriptor(), "records"));
        assertThat(Wire.SCHEMA_NAME).isEqualTo(tag(FieldSchema.getDescriptor(), "name"));
        assertThat(Wire.SCHEMA_TYPE).isEqualTo(tag(FieldSchema.getDescriptor(), "type"));
        assertThat(Wire.RECORD_TIME).isEqualTo(tag(Record.getDescriptor(), "time_unix_nano"));
        assertThat(Wire.RECORD_VALUES).isEqualTo(tag(Record.getDescriptor(), "values"));
        assertThat(Wire.VALUE_STRING).isEqualTo(tag(value, "string_value"));
        assertThat(Wire.VALUE_INT).isEqualTo(tag(value, "int_value"));
        assertThat(Wire.VALUE_DOUBLE).isEqualTo(tag(value, "double_value"));
        assertThat(Wire.VALUE_BOOL).isEqualTo(tag(value, "bool_value"));
        assertThat(Wire.VALUE_BYTES).isEqualTo(tag(value, "bytes_value"));
        assertThat(value.getFields()).hasSize(Wire.LAST_KIND);
    }

    @Test
    void fieldTypesAreThoseOfTheGeneratedClasses() {
        for (BatchBuilder.FieldType type : BatchBuilder.FieldType.values()) {
            assertThat(FieldType.forNumber(type.number())).hasToString("FIELD_TYPE_" + type.name());
        }
    }

    private static int tag(Descriptor message, String name) {
        FieldDescriptor field = message.findFieldByName(name);
        int type =
                field.isRepeated()
                        ? WireFormat.WIRETYPE_LENGTH_DELIMITED
                        : field.getLiteType().getWireType();
        return field.getNumber() << 3 | type;
    }
}
