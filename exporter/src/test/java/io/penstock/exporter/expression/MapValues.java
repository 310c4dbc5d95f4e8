package io.penstock.exporter.expression;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as a map: String, Long, Double, Boolean, null, {@code byte[]}. What is in the map gets
 * its slot when an expression asks for it.
 */
final class MapValues implements FieldValues {

    private final Map<String, @Nullable Object> values;
    private final long time;
    private final List<String> names = new ArrayList<>(List.of(""));

    MapValues(long time, Map<String, @Nullable Object> values) {
        this.time = time;
        this.values = values;
    }

    /** Compiles and asks. */
    boolean holds(String expression) {
        return Expression.parse(expression, this::slot).holds(this);
    }

    private int slot(String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
        return names.indexOf(name);
    }

    private @Nullable Object value(int slot) {
        return slot == Expression.TIME_SLOT ? (Object) time : values.get(names.get(slot));
    }

    @Override
    public ValueKind kind(int slot) {
        Object value = value(slot);
        if (value == null) {
            return values.containsKey(names.get(slot)) ? ValueKind.NULL : ValueKind.ABSENT;
        }
        return value instanceof String
                ? ValueKind.TEXT
                : value instanceof Long
                        ? ValueKind.INTEGER
                        : value instanceof Double
                                ? ValueKind.REAL
                                : value instanceof Boolean ? ValueKind.BOOLEAN : ValueKind.BYTES;
    }

    @Override
    public long bits(int slot) {
        Object value = value(slot);
        return value instanceof Long number
                ? number
                : value instanceof Double real
                        ? Double.doubleToRawLongBits(real)
                        : Boolean.TRUE.equals(value) ? 1 : 0;
    }

    /** All texts one behind another, so that ranges are taken seriously. */
    @Override
    public byte[] bytes() {
        StringBuilder all = new StringBuilder("%%");
        for (String name : names) {
            all.append(text(name));
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    @Override
    public int start(int slot) {
        int start = 2;
        for (int i = 0; i < slot; i++) {
            start += length(i);
        }
        return start;
    }

    @Override
    public int length(int slot) {
        return text(names.get(slot)).getBytes(StandardCharsets.UTF_8).length;
    }
}
