package io.penstock.exporter.transform;

import io.penstock.exporter.expression.Expression;
import io.penstock.exporter.expression.ValueKind;
import io.penstock.model.Setting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys {@code exports[].transforms[].*}: one step, which is exactly one of these.
 *
 * <p>Threading: immutable.
 *
 * @param filter an expression
 * @param keep fields
 * @param drop fields
 * @param rename old names to new ones
 * @param redact what is masked
 * @param hash what is hashed
 * @param add names to constants: texts, longs, doubles, booleans
 * @param sample what share passes
 * @param parse what is taken apart
 */
public record TransformStep(
        @Setting(
                        value = "''",
                        doc =
                                "Records for which this expression does not hold are dropped: status >= 500"
                                        + " and path =~ '^/api/'. docs/transforms.md has the grammar.")
                String filter,
        @Setting(value = "[]", doc = "Fields that stay; all others go.") List<String> keep,
        @Setting(value = "[]", doc = "Fields that go.") List<String> drop,
        @Setting(value = "{}", doc = "Old names to new ones, all at once.")
                Map<String, String> rename,
        @Setting(value = "{}", doc = "Values that are masked.") RedactRule redact,
        @Setting(value = "{}", doc = "Values that become their hash.") HashRule hash,
        @Setting(
                        value = "{}",
                        doc =
                                "Names to constants: texts, whole numbers, decimal numbers, true or false."
                                        + " A value that is there is replaced.")
                Map<String, Object> add,
        @Setting(value = "{}", doc = "A share of the records.") SampleRule sample,
        @Setting(value = "{}", doc = "The text of a field is taken apart into fields.")
                ParseRule parse) {

    /** Most steps of an export. */
    public static final int MAX_STEPS = 64;

    /** Checks everything that can be wrong with a step. */
    public TransformStep {
        keep = List.copyOf(keep);
        drop = List.copyOf(drop);
        rename = Collections.unmodifiableMap(new LinkedHashMap<>(rename));
        add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
        if (!filter.isEmpty()) {
            checkFilter(filter);
        }
        FieldNames.check("keep", keep);
        FieldNames.check("drop", drop);
        FieldNames.check("rename", rename.keySet());
        FieldNames.check("rename", rename.values());
        FieldNames.check("add", add.keySet());
        checkRename(rename);
        List<String> stated = new ArrayList<>();
        note(stated, "filter", !filter.isEmpty());
        note(stated, "keep", !keep.isEmpty());
        note(stated, "drop", !drop.isEmpty());
        note(stated, "rename", !rename.isEmpty());
        note(stated, "redact", redact.isStated());
        note(stated, "hash", hash.isStated());
        note(stated, "add", !add.isEmpty());
        note(stated, "sample", sample.isStated());
        note(stated, "parse", parse.isStated());
        if (stated.size() != 1) {
            throw new IllegalArgumentException(
                    "a step is exactly one of filter, keep, drop, rename, redact, hash, add, sample,"
                            + " parse; this one is "
                            + (stated.isEmpty() ? "none" : String.join(" and ", stated)));
        }
    }

    private static void note(List<String> stated, String key, boolean there) {
        if (there) {
            stated.add(key);
        }
    }

    private static void checkFilter(String filter) {
        try {
            Expression.parse(filter, name -> Expression.TIME_SLOT + 1);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("filter: " + wrong.getMessage(), wrong);
        }
    }

    /** All at once only has a meaning when no name is both old and new, or new twice. */
    private static void checkRename(Map<String, String> rename) {
        Set<String> fresh = new HashSet<>();
        for (String name : rename.values()) {
            if (rename.containsKey(name)) {
                throw new IllegalArgumentException(
                        "rename: '" + name + "' is an old name and a new one; take two steps");
            }
            if (!fresh.add(name)) {
                throw new IllegalArgumentException("rename: '" + name + "' is a new name twice");
            }
        }
    }

    /** Whether records may end at this step. */
    boolean sifts() {
        return !filter.isEmpty()
                || sample.isStated()
                || (parse.isStated() && parse.onError() != OnError.KEEP);
    }

    /**
     * Compiles the step.
     *
     * @param number of the step in its list
     */
    Step compile(Slots slots, Row row, int number) {
        if (!filter.isEmpty()) {
            Expression expression = Expression.parse(filter, slots::pin);
            return record -> expression.holds(record) ? Verdict.PASS : Verdict.DROP;
        } else if (!keep.isEmpty()) {
            return keeping(slots);
        } else if (!drop.isEmpty()) {
            return dropping(FieldNames.pinAll(slots, drop));
        } else if (!rename.isEmpty()) {
            return renaming(slots);
        } else if (redact.isStated()) {
            return redact.compile(slots);
        } else if (hash.isStated()) {
            return hash.compile(slots);
        } else if (!add.isEmpty()) {
            return adding(slots);
        }
        return sample.isStated() ? sample.compile(slots, number) : parse.compile(slots, row);
    }

    private Step keeping(Slots slots) {
        boolean[] kept = new boolean[slots.size() + keep.size()];
        for (int slot : FieldNames.pinAll(slots, keep)) {
            kept[slot] = true;
        }
        return row -> {
            for (int i = 0; i < row.placed(); i++) {
                int slot = row.placedSlot(i);
                if (slot >= kept.length || !kept[slot]) {
                    row.remove(slot);
                }
            }
            return Verdict.PASS;
        };
    }

    private static Step dropping(int[] dropped) {
        return row -> {
            for (int slot : dropped) {
                row.remove(slot);
            }
            return Verdict.PASS;
        };
    }

    private Step renaming(Slots slots) {
        int[] old = rename.keySet().stream().mapToInt(slots::pin).toArray();
        int[] fresh = rename.values().stream().mapToInt(slots::pin).toArray();
        return row -> {
            for (int i = 0; i < old.length; i++) {
                if (row.isPresent(old[i])) {
                    row.move(old[i], fresh[i]);
                }
            }
            return Verdict.PASS;
        };
    }

    private Step adding(Slots slots) {
        List<Step> constants = new ArrayList<>();
        add.forEach((name, value) -> constants.add(constant(slots.pin(name), value)));
        return row -> {
            for (int i = 0; i < constants.size(); i++) {
                constants.get(i).apply(row);
            }
            return Verdict.PASS;
        };
    }

    private static Step constant(int slot, Object value) {
        if (value instanceof Long number) {
            return number(slot, ValueKind.INTEGER, number);
        } else if (value instanceof Double number) {
            long bits = Double.doubleToRawLongBits(number);
            return number(slot, ValueKind.REAL, bits);
        } else if (value instanceof Boolean bool) {
            long bits = bool ? 1 : 0;
            return number(slot, ValueKind.BOOLEAN, bits);
        }
        byte[] utf8 = value.toString().getBytes(StandardCharsets.UTF_8);
        return row -> {
            row.set(slot, ValueKind.TEXT, utf8, 0, utf8.length);
            return Verdict.PASS;
        };
    }

    private static Step number(int slot, ValueKind kind, long bits) {
        return row -> {
            row.set(slot, kind, bits);
            return Verdict.PASS;
        };
    }
}
