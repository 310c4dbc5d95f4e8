package io.penstock.exporter.otlp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a message that we know. Threading: immutable. */
final class Message {
    private final @Nullable Field[] byNumber;
    private final List<Field> fields;
    private final boolean record;
    private final boolean points;

    Message(boolean record, List<Field> fields) {
        this.record = record;
        this.fields = List.copyOf(fields);
        this.points = fields.stream().anyMatch(field -> field.name.equals("data_points"));
        int most = fields.stream().mapToInt(field -> field.number).max().orElse(0);
        byNumber = new @Nullable Field[most + 1];
        for (Field field : fields) {
            byNumber[field.number] = field;
        }
    }

    /** The field with the number in a tag, whatever its wire type says; null for an unknown one. */
    @Nullable Field field(int tag) {
        int number = tag >>> 3;
        return number < byNumber.length ? byNumber[number] : null;
    }

    List<Field> fields() {
        return fields;
    }

    /** Whether it is a record, and no container of records. */
    boolean isRecord() {
        return record;
    }

    /** Whether it holds data points, so that the field it stands in says their type. */
    boolean holdsPoints() {
        return points;
    }
}
