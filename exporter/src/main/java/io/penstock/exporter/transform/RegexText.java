package io.penstock.exporter.transform;

import io.penstock.exporter.expression.ValueKind;
import io.penstock.exporter.text.TextPattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the named groups of a regular expression; one that took no part leaves its field alone.
 *
 * <p>Threading: confined to one thread.
 */
final class RegexText implements ParseRule.Parser {

    private final TextPattern pattern;
    private final int[] slots;

    RegexText(TextPattern pattern, Slots slots) {
        this.pattern = pattern;
        this.slots = FieldNames.pinAll(slots, pattern.names());
    }

    @Override
    public @Nullable String parse(Row row, int slot) {
        byte[] text = row.bytes();
        if (!pattern.find(text, row.start(slot), row.length(slot))) {
            return "the pattern is not found";
        }
        for (int name = 0; name < slots.length; name++) {
            int start = pattern.start(name);
            if (start >= 0) {
                int length = pattern.end(name) - start;
                row.set(slots[name], ValueKind.TEXT, text, start, length);
            }
        }
        return null;
    }
}
