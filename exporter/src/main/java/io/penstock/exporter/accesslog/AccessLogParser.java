package io.penstock.exporter.accesslog;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.text.Utf8;
import io.penstock.exporter.text.Words;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes one line of an access log apart.
 *
 * <p>Lenient where servers are: a user may hold spaces, a request line may be anything, and the
 * last quote may be missing, as in lines that were cut.
 *
 * <p>Threading: confined to one thread.
 */
public final class AccessLogParser {

    private static final int FIELDS = AccessLogField.values().length;
    private static final int ABSENT = -1;
    private static final int FAULT = -1;
    private static final int MAX_BYTES_DIGITS = 18;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final AccessLogFormat format;
    private final int[] starts = new int[FIELDS];
    private final int[] ends = new int[FIELDS];
    private byte[] line = new byte[0];
    private int limit;
    private @Nullable String fault;
    private int faultAt;

    /** A parser of one format. */
    public AccessLogParser(AccessLogFormat format) {
        this.format = format;
    }

    /**
     * Says the line in {@code [start, end)}, without its end, as one record; its fields must have
     * been {@linkplain AccessLogField#announce announced}.
     *
     * @param number number of the line, for a fault
     * @return null, or what is wrong with the line, of which the visitor has heard nothing then
     */
    public @Nullable MalformedLine parse(
            long number, byte[] bytes, int start, int end, RecordVisitor visitor) {
        line = bytes;
        limit = end;
        fault = null;
        Arrays.fill(starts, ABSENT);
        int bad = Utf8.firstFault(bytes, start, end);
        if (bad != Utf8.VALID) {
            fail("the line is not UTF-8", bad);
        } else {
            long seconds = split(start);
            if (fault == null) {
                visitor.startRecord(seconds * NANOS_PER_SECOND);
                say(visitor);
                visitor.endRecord();
            }
        }
        return fault == null ? null : new MalformedLine(number, faultAt - start + 1, fault);
    }

    /** Finds where all fields lie; the time of the line. */
    private long split(int start) {
        int at = word(AccessLogField.CLIENT, start);
        at = word(AccessLogField.IDENT, at);
        at = user(at);
        long seconds = time(at);
        at = request(fault == null ? at + AccessLogTime.BYTES + 2 : FAULT);
        at = status(at);
        at = bytes(at);
        if (format.refererAndAgent()) {
            at = quoted(AccessLogField.REFERER, blank(at), false);
            at = quoted(AccessLogField.AGENT, blank(at), true);
        }
        if (fault == null && at != limit) {
            fail("expected the end of the line", at);
        }
        return seconds;
    }

    private int fail(String reason, int at) {
        if (fault == null) {
            fault = reason;
            faultAt = at;
        }
        return FAULT;
    }

    private void set(AccessLogField field, int start, int end) {
        boolean dash = end - start == 1 && line[start] == '-';
        starts[field.number()] = dash ? ABSENT : start;
        ends[field.number()] = end;
    }

    /** A word and the space behind it. */
    private int word(AccessLogField field, int at) {
        if (at < 0) {
            return at;
        }
        int end = Words.indexOf(line, at, limit, (byte) ' ');
        if (end == at || end == limit) {
            return fail("expected " + field.fieldName() + " and a space", at);
        }
        set(field, at, end);
        return end + 1;
    }

    /** The user, which may hold spaces, and the space behind it. */
    private int user(int at) {
        if (at < 0) {
            return at;
        }
        int bracket = at;
        do {
            bracket = Words.indexOf(line, bracket + 1, limit, (byte) '[');
        } while (bracket < limit && line[bracket - 1] != ' ');
        if (bracket >= limit || bracket - 1 == at) {
            return fail("expected user and ' ['", at);
        }
        set(AccessLogField.USER, at, bracket - 1);
        return bracket;
    }

    private long time(int bracket) {
        if (bracket < 0) {
            return FAULT;
        }
        int start = bracket + 1;
        int end = start + AccessLogTime.BYTES;
        long seconds =
                end < limit && line[end] == ']'
                        ? AccessLogTime.parse(line, start)
                        : AccessLogTime.NONE;
        if (seconds == AccessLogTime.NONE) {
            return fail("expected a time like [17/May/2015:10:05:03 +0000]", bracket);
        }
        set(AccessLogField.TIME_LOCAL, start, end);
        return seconds;
    }

    private int blank(int at) {
        if (at < 0) {
            return at;
        }
        return at < limit && line[at] == ' ' ? at + 1 : fail("expected a space", at);
    }

    /** A text in quotes, within which a backslash makes the next byte plain. */
    private int quoted(AccessLogField field, int at, boolean mayBeCut) {
        if (at < 0) {
            return at;
        }
        if (at >= limit || line[at] != '"') {
            return fail("expected " + field.fieldName() + " in quotes", at);
        }
        int to = at + 1;
        while (to < limit && line[to] != '"') {
            to += line[to] == '\\' ? 2 : 1;
        }
        to = Math.min(to, limit);
        if (to == limit && !mayBeCut) {
            return fail(field.fieldName() + " has no closing quote", at);
        }
        set(field, at + 1, to);
        return Math.min(to + 1, limit);
    }

    private int request(int at) {
        int end = quoted(AccessLogField.PATH, blank(at), false);
        int start = starts[AccessLogField.PATH.number()];
        if (end >= 0 && start != ABSENT) {
            splitRequest(start, end - 1);
        }
        return end;
    }

    private void splitRequest(int start, int end) {
        int first = Words.indexOf(line, start, end, (byte) ' ');
        int last = end - 1;
        while (last > first && line[last] != ' ') {
            last--;
        }
        boolean http = last > first && startsHttp(last + 1, end);
        // HTTP/0.9 has no protocol in its request line
        boolean bare = last == first && first + 1 < end && line[first + 1] == '/';
        if (!isMethod(start, first) || !(http || bare)) {
            return;
        }
        int target = first + 1;
        int targetEnd = http ? last : end;
        set(AccessLogField.METHOD, start, first);
        if (http) {
            set(AccessLogField.PROTOCOL, last + 1, end);
        }
        int query = Words.indexOf(line, target, targetEnd, (byte) '?');
        set(AccessLogField.PATH, target, query);
        if (query < targetEnd) {
            set(AccessLogField.QUERY, query + 1, targetEnd);
        }
    }

    private boolean startsHttp(int at, int end) {
        return end - at > 5
                && line[at] == 'H'
                && line[at + 1] == 'T'
                && line[at + 2] == 'T'
                && line[at + 3] == 'P'
                && line[at + 4] == '/';
    }

    private boolean isMethod(int start, int end) {
        for (int i = start; i < end; i++) {
            int letter = line[i] | 0x20;
            if ((letter < 'a' || letter > 'z') && line[i] != '-' && line[i] != '_') {
                return false;
            }
        }
        return start < end;
    }

    private int status(int at) {
        int start = blank(at);
        if (start < 0) {
            return start;
        }
        int end = digits(start);
        if (end - start != 3) {
            return fail("expected a status of three digits", start);
        }
        set(AccessLogField.STATUS, start, end);
        return end;
    }

    private int bytes(int at) {
        int start = blank(at);
        if (start < 0) {
            return start;
        }
        int end = start < limit && line[start] == '-' ? start + 1 : digits(start);
        if (end == start || end - start > MAX_BYTES_DIGITS) {
            return fail("expected a number of bytes or '-'", start);
        }
        set(AccessLogField.BYTES, start, end);
        return end;
    }

    private int digits(int at) {
        int to = at;
        while (to < limit && line[to] >= '0' && line[to] <= '9') {
            to++;
        }
        return to;
    }

    private void say(RecordVisitor visitor) {
        for (int field = 0; field < FIELDS; field++) {
            int start = starts[field];
            if (start == ABSENT) {
                visitor.nullValue(field);
            } else if (field == AccessLogField.STATUS.number()
                    || field == AccessLogField.BYTES.number()) {
                visitor.intValue(field, number(start, ends[field]));
            } else {
                visitor.stringValue(field, line, start, ends[field] - start);
            }
        }
    }

    private long number(int start, int end) {
        long value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + (line[i] - '0');
        }
        return value;
    }
}
