package io.penstock.exporter.parquet;

import io.penstock.exporter.schema.ValueKind;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * A column of the schema.
 *
 * <p>Threading: immutable.
 *
 * @param name unique in the file
 * @param kind of its values; null for the time of the records
 */
record ColumnSpec(String name, @Nullable ValueKind kind) {

    /** The time of the records, first in every file. */
    static ColumnSpec time(String name) {
        return new ColumnSpec(name, null);
    }

    boolean required() {
        return kind == null;
    }

    Type type() {
        if (kind == null) {
            return Type.INT64;
        }
        return switch (kind) {
            case INT -> Type.INT64;
            case DOUBLE -> Type.DOUBLE;
            case BOOL -> Type.BOOLEAN;
            case STRING, JSON, BYTES -> Type.BYTE_ARRAY;
        };
    }

    SchemaElement element() {
        SchemaElement element = new SchemaElement(name);
        element.setType(type());
        element.setRepetition_type(
                required() ? FieldRepetitionType.REQUIRED : FieldRepetitionType.OPTIONAL);
        LogicalType logical = logicalType();
        if (logical != null) {
            element.setLogicalType(logical);
        }
        // The older form of the same, which some readers look at alone.
        if (kind == ValueKind.STRING) {
            element.setConverted_type(ConvertedType.UTF8);
        } else if (kind == ValueKind.JSON) {
            element.setConverted_type(ConvertedType.JSON);
        }
        return element;
    }

    private @Nullable LogicalType logicalType() {
        if (kind == null) {
            return LogicalType.TIMESTAMP(
                    new TimestampType(true, TimeUnit.NANOS(new NanoSeconds())));
        }
        return switch (kind) {
            case STRING -> LogicalType.STRING(new StringType());
            case JSON -> LogicalType.JSON(new JsonType());
            case INT, DOUBLE, BOOL, BYTES -> null;
        };
    }

    Column column() {
        if (kind == null) {
            return new LongColumn(this);
        }
        return switch (kind) {
            case INT, DOUBLE -> new LongColumn(this);
            case BOOL -> new BoolColumn(this);
            case STRING, JSON, BYTES -> new BinaryColumn(this);
        };
    }
}
