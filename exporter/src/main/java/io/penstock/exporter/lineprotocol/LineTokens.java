package io.penstock.exporter.lineprotocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes one line apart into the places of its parts, and checks their form. Source of the grammar:
 * InfluxDB's reference, "Line protocol"; of the words of faults, the parser of InfluxDB 1 and 2.
 *
 * <p>Threading: confined to one thread.
 */
final class LineTokens {
    /** What a field's value is. */
    enum Type {
        REAL,
        INTEGER,
        UNSIGNED,
        TEXT,
        TRUE,
        FALSE
    }

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private @Nullable String fault;
    private int faultAt;

    int measurementStart;
    int measurementEnd;

    /** Tags first, then fields. */
    int tags;

    int pairs;
    int[] keyStart = new int[16];
    int[] keyEnd = new int[16];
    int[] valueStart = new int[16];
    int[] valueEnd = new int[16];
    Type[] types = new Type[16];

    /** The digits of the time; none when both are the same. */
    int timeStart;

    int timeEnd;

    @Nullable String fault() {
        return fault;
    }

    int faultAt() {
        return faultAt;
    }

    /** Index of the feed that ends the line which begins at {@code from}, or {@code limit}. */
    static int lineEnd(byte[] bytes, int from, int limit) {
        boolean quoted = false;
        boolean fields = false;
        // A quote opens a text only where a value stands.
        boolean value = false;
        for (int i = from; i < limit; i++) {
            byte each = bytes[i];
            if (each == '\n' && !quoted) {
                return i;
            }
            if (each == '\\' && i + 1 < limit && bytes[i + 1] != '\n') {
                i++;
                value = false;
            } else if (each == '"' && fields && (quoted || value)) {
                quoted = !quoted;
                value = false;
            } else {
                fields |= each == ' ';
                value = fields && !quoted && each == '=';
            }
        }
        return limit;
    }

    /** Reads the line in {@code [from, to)}; whether it is a good one. */
    boolean read(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        fault = null;
        pairs = 0;
        tags = 0;
        timeStart = to;
        timeEnd = to;
        measurement();
        while (fault == null && at < end && bytes[at] == ',') {
            at++;
            pair(false);
        }
        tags = pairs;
        spaces();
        if (fault == null && at == end) {
            fail("missing fields", at);
        }
        while (fault == null) {
            pair(true);
            if (fault != null || at == end || bytes[at] != ',') {
                break;
            }
            at++;
        }
        if (fault == null && at < end && bytes[at] != ' ') {
            fail("invalid field format", at);
        }
        spaces();
        time();
        return fault == null;
    }

    private void spaces() {
        while (at < end && bytes[at] == ' ') {
            at++;
        }
    }

    private void measurement() {
        measurementStart = at;
        while (at < end && bytes[at] != ',' && bytes[at] != ' ') {
            at += bytes[at] == '\\' && at + 1 < end ? 2 : 1;
        }
        measurementEnd = at;
        if (measurementEnd == measurementStart) {
            fail("missing measurement", at);
        }
    }

    private void pair(boolean field) {
        if (pairs == keyStart.length) {
            grow();
        }
        int start = at;
        while (at < end && bytes[at] != '=' && bytes[at] != ',' && bytes[at] != ' ') {
            at += bytes[at] == '\\' && at + 1 < end ? 2 : 1;
        }
        keyStart[pairs] = start;
        keyEnd[pairs] = at;
        if (at == start) {
            fail(field ? "missing field key" : "missing tag key", at);
        } else if (at == end || bytes[at] != '=') {
            fail(field ? "missing field value" : "missing tag value", at);
        } else {
            at++;
            valueStart[pairs] = at;
            if (field) {
                fieldValue();
            } else {
                tagValue();
            }
            pairs++;
        }
    }

    private void tagValue() {
        int start = at;
        while (at < end && bytes[at] != ',' && bytes[at] != ' ' && bytes[at] != '=') {
            at += bytes[at] == '\\' && at + 1 < end ? 2 : 1;
        }
        valueEnd[pairs] = at;
        if (at == start) {
            fail("missing tag value", at);
        } else if (at < end && bytes[at] == '=') {
            fail("invalid tag format", at);
        }
    }

    private void fieldValue() {
        if (at < end && bytes[at] == '"') {
            textValue();
            return;
        }
        int start = at;
        while (at < end && bytes[at] != ',' && bytes[at] != ' ') {
            at++;
        }
        valueEnd[pairs] = at;
        if (at == start) {
            fail("missing field value", at);
            return;
        }
        Type word = word(start, at);
        types[pairs] = word == null ? Type.REAL : word;
        if (word == null) {
            number(start, at);
        }
    }

    private void textValue() {
        int start = ++at;
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' && at + 1 < end ? 2 : 1;
        }
        valueStart[pairs] = start;
        valueEnd[pairs] = at;
        types[pairs] = Type.TEXT;
        if (at == end) {
            fail("unbalanced quotes", start - 1);
        } else {
            at++;
        }
    }

    private @Nullable Type word(int start, int stop) {
        return switch (stop - start) {
            case 1 -> one(bytes[start]);
            case 4 -> is(start, "true", "True", "TRUE") ? Type.TRUE : null;
            case 5 -> is(start, "false", "False", "FALSE") ? Type.FALSE : null;
            default -> null;
        };
    }

    private static @Nullable Type one(byte letter) {
        if (letter == 't' || letter == 'T') {
            return Type.TRUE;
        }
        return letter == 'f' || letter == 'F' ? Type.FALSE : null;
    }

    private boolean is(int start, String... words) {
        for (String word : words) {
            int same = 0;
            while (same < word.length() && bytes[start + same] == word.charAt(same)) {
                same++;
            }
            if (same == word.length()) {
                return true;
            }
        }
        return false;
    }

    private void number(int start, int stop) {
        byte unit = bytes[stop - 1];
        int digits = start + (bytes[start] == '-' || bytes[start] == '+' ? 1 : 0);
        if (unit == 'i' || unit == 'u') {
            int bad = digitsEnd(digits, stop - 1);
            boolean signed = unit == 'u' && digits > start;
            if (bad < stop - 1 || digits == stop - 1 || signed) {
                fail("invalid number", start);
            }
            types[pairs] = unit == 'i' ? Type.INTEGER : Type.UNSIGNED;
            valueEnd[pairs] = stop - 1;
            return;
        }
        int whole = digitsEnd(digits, stop);
        int point = whole < stop && bytes[whole] == '.' ? whole + 1 : whole;
        int fraction = digitsEnd(point, stop);
        boolean any = whole > digits || fraction > point;
        int power = fraction;
        if (any && power < stop && (bytes[power] == 'e' || bytes[power] == 'E')) {
            power++;
            power += power < stop && (bytes[power] == '-' || bytes[power] == '+') ? 1 : 0;
            int behind = digitsEnd(power, stop);
            any = behind > power;
            power = behind;
        }
        if (!any || power < stop) {
            fail("invalid number", start);
        }
    }

    private int digitsEnd(int from, int stop) {
        int to = from;
        while (to < stop && bytes[to] >= '0' && bytes[to] <= '9') {
            to++;
        }
        return to;
    }

    private void time() {
        if (fault != null || at == end) {
            return;
        }
        timeStart = at;
        timeEnd = digitsEnd(bytes[at] == '-' ? at + 1 : at, end);
        int digits = timeEnd - timeStart - (bytes[at] == '-' ? 1 : 0);
        at = timeEnd;
        spaces();
        if (digits == 0 || at < end) {
            fail("bad timestamp", at);
        }
    }

    private void fail(String reason, int place) {
        if (fault == null) {
            fault = reason;
            faultAt = place;
        }
    }

    private void grow() {
        int room = pairs * 2;
        keyStart = Arrays.copyOf(keyStart, room);
        keyEnd = Arrays.copyOf(keyEnd, room);
        valueStart = Arrays.copyOf(valueStart, room);
        valueEnd = Arrays.copyOf(valueEnd, room);
        types = Arrays.copyOf(types, room);
    }
}
