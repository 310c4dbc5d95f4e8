package io.penstock.exporter.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A line of text with holes: {@code ${name}} stands for a field, {@code ${time}} for the record's
 * time as RFC 3339, {@code $$} for one dollar sign.
 *
 * <p>Threading: immutable.
 */
public final class TextTemplate {

    /** The name that stands for the record's time. */
    static final String TIME = "time";

    /** One part: a literal, or the slot of a name. */
    static final class Part {
        static final int LITERAL = -1;

        private final byte[] literal;
        private final int slot;

        Part(byte[] literal, int slot) {
            this.literal = literal;
            this.slot = slot;
        }

        byte[] literal() {
            return literal;
        }

        int slot() {
            return slot;
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final List<byte[]> names = new ArrayList<>();
    private int timeSlot = Part.LITERAL;

    /**
     * Compiles a template.
     *
     * @throws IllegalArgumentException for one that cannot be read, with the column, from 1
     */
    public TextTemplate(String template) {
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char each = template.charAt(at);
            if (each != '$') {
                literal.append(each);
                at++;
            } else if (template.startsWith("$$", at)) {
                literal.append('$');
                at += 2;
            } else {
                int close = hole(template, at);
                addLiteral(literal);
                addSlot(template.substring(at + 2, close));
                at = close + 1;
            }
        }
        addLiteral(literal);
    }

    private static int hole(String template, int at) {
        int column = at + 1;
        if (!template.startsWith("${", at)) {
            throw new IllegalArgumentException(
                    "template, column " + column + ": '$' is followed by neither '{' nor '$'");
        }
        int close = template.indexOf('}', at);
        if (close < 0) {
            throw new IllegalArgumentException("template, column " + column + ": '${' without '}'");
        }
        if (close == at + 2) {
            throw new IllegalArgumentException(
                    "template, column " + column + ": '${}' names no field");
        }
        return close;
    }

    private void addLiteral(StringBuilder literal) {
        if (!literal.isEmpty()) {
            byte[] utf8 = literal.toString().getBytes(StandardCharsets.UTF_8);
            parts.add(new Part(utf8, Part.LITERAL));
            literal.setLength(0);
        }
    }

    private void addSlot(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        int slot = slotOf(utf8, 0, utf8.length);
        if (slot == Part.LITERAL) {
            slot = names.size();
            names.add(utf8);
            timeSlot = name.equals(TIME) ? slot : timeSlot;
        }
        parts.add(new Part(utf8, slot));
    }

    List<Part> parts() {
        return parts;
    }

    int slots() {
        return names.size();
    }

    /** The slot that takes the record's time, or {@link Part#LITERAL}. */
    int timeSlot() {
        return timeSlot;
    }

    /** The slot of a name, or {@link Part#LITERAL}. */
    int slotOf(byte[] name, int offset, int length) {
        for (int i = 0; i < names.size(); i++) {
            byte[] each = names.get(i);
            if (Arrays.equals(each, 0, each.length, name, offset, offset + length)) {
                return i;
            }
        }
        return Part.LITERAL;
    }
}
