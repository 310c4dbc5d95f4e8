package io.penstock.exporter.parquet;

import io.penstock.exporter.schema.FieldUnion;
import io.penstock.exporter.schema.ValueKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The columns of a file, and which of them holds the values of a field and kind. See the package's
 * page for the names.
 *
 * <p>Threading: immutable.
 */
final class FileSchema {

    static final String TIME = "time";

    private static final int NO_COLUMN = -1;

    private final List<ColumnSpec> columns = new ArrayList<>();
    // At field * ValueKind.COUNT + kind: the column.
    private final int[] places;

    FileSchema(FieldUnion union) {
        Set<String> taken = new HashSet<>();
        taken.add(TIME);
        for (int field = 0; field < union.size(); field++) {
            taken.add(name(union, field));
        }
        columns.add(ColumnSpec.time(TIME));
        places = new int[union.size() * ValueKind.COUNT];
        Arrays.fill(places, NO_COLUMN);
        for (int field = 0; field < union.size(); field++) {
            place(field, name(union, field), union.kinds(field), taken);
        }
    }

    private static String name(FieldUnion union, int field) {
        return new String(union.name(field), StandardCharsets.UTF_8);
    }

    private void place(int field, String name, int kinds, Set<String> taken) {
        boolean nameLeft = !name.equals(TIME);
        for (int code = 0; code < ValueKind.COUNT; code++) {
            ValueKind kind = ValueKind.of(code);
            if ((kinds & kind.bit()) != 0) {
                String own = nameLeft ? name : free(name, kind, taken);
                nameLeft = false;
                places[field * ValueKind.COUNT + code] = columns.size();
                columns.add(new ColumnSpec(own, kind));
            }
        }
    }

    private static String free(String name, ValueKind kind, Set<String> taken) {
        String wanted = name + "__" + kind.name().toLowerCase(Locale.ROOT);
        while (!taken.add(wanted)) {
            wanted += "_";
        }
        return wanted;
    }

    List<ColumnSpec> columns() {
        return columns;
    }

    /** The column of a field's values of a kind. */
    int column(int field, int kindCode) {
        int column = places[field * ValueKind.COUNT + kindCode];
        if (column == NO_COLUMN) {
            throw new IllegalStateException(
                    "field " + field + " was said to have no " + ValueKind.of(kindCode));
        }
        return column;
    }
}
