package io.penstock.exporter.transform;

import io.penstock.exporter.expression.ValueKind;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.TextPattern;
import io.penstock.model.Setting;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Keys {@code exports[].transforms[].redact.*}: values that must not leave.
 *
 * <p>Threading: immutable.
 *
 * @param fields fields to be redacted
 * @param mask what stands there instead
 * @param pattern regular expression of the parts to be masked, or empty for whole values
 */
public record RedactRule(
        @Setting(value = "[]", doc = "Fields whose values are masked.") List<String> fields,
        @Setting(value = "'***'", doc = "What stands there instead.") String mask,
        @Setting(
                        value = "''",
                        doc =
                                "Regular expression: only what it finds in texts is masked. Empty masks"
                                        + " whole values of any type but null.")
                String pattern) {

    /** Checks names and pattern. */
    public RedactRule {
        fields = List.copyOf(fields);
        FieldNames.check("fields", fields);
        if (fields.isEmpty() && !pattern.isEmpty()) {
            throw new IllegalArgumentException("fields names nothing to redact");
        }
        Patterns.check("pattern", pattern);
    }

    boolean isStated() {
        return !fields.isEmpty();
    }

    Step compile(Slots slots) {
        int[] named = FieldNames.pinAll(slots, fields);
        byte[] masked = mask.getBytes(StandardCharsets.UTF_8);
        if (pattern.isEmpty()) {
            return row -> whole(row, named, masked);
        }
        TextPattern parts = new TextPattern(pattern);
        return row -> {
            for (int slot : named) {
                if (row.kind(slot) == ValueKind.TEXT || row.kind(slot) == ValueKind.JSON) {
                    parts(row, slot, parts, masked);
                }
            }
            return Verdict.PASS;
        };
    }

    private static Verdict whole(Row row, int[] named, byte[] masked) {
        for (int slot : named) {
            if (row.isPresent(slot) && row.kind(slot) != ValueKind.NULL) {
                row.set(slot, ValueKind.TEXT, masked, 0, masked.length);
            }
        }
        return Verdict.PASS;
    }

    private static void parts(Row row, int slot, TextPattern pattern, byte[] masked) {
        // The matcher looks at this array; the buffer may move on to a larger one meanwhile.
        byte[] source = row.bytes();
        int from = row.start(slot);
        int end = from + row.length(slot);
        if (!pattern.find(source, from, end - from)) {
            if (pattern.wasGivenUp()) {
                // Nobody knows what is in it: none of it leaves.
                row.set(slot, ValueKind.TEXT, masked, 0, masked.length);
            }
            return;
        }
        WriteBuffer out = row.text();
        int start = out.length();
        do {
            out.put(source, from, pattern.start() - from);
            out.put(masked, 0, masked.length);
            from = pattern.end();
        } while (pattern.findNext());
        if (pattern.wasGivenUp()) {
            out.put(masked, 0, masked.length);
        } else {
            out.put(source, from, end - from);
        }
        row.setWritten(slot, start);
    }
}
