package io.penstock.exporter.lineprotocol;

import io.penstock.exporter.batching.NamedBatches;
import io.penstock.exporter.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines into batches. What {@link #records} counts is what the batches hold.
 *
 * <p>Threading: confined to one thread.
 */
public final class LineProtocol {

    /** Field that holds the measurement. */
    public static final String MEASUREMENT = "measurement";

    /** Faults that are kept; the others are only counted. */
    public static final int MAX_FAULTS = 10;

    private static final byte[] MEASUREMENT_UTF8 = MEASUREMENT.getBytes(StandardCharsets.UTF_8);
    private static final int SHOWN_BYTES = 200;

    private final Precision precision;
    private final NamedBatches batches;
    private final LineTokens tokens = new LineTokens();
    private final List<LineFault> faults = new ArrayList<>();
    private byte[] scratch = new byte[256];
    // Per pair of the line in hand: where its name lies in scratch.
    private int[] nameEnds = new int[16];
    private int bad;

    /** A reader that gathers records. */
    public LineProtocol(Precision precision, NamedBatches batches) {
        this.precision = precision;
        this.batches = batches;
    }

    /** Reads all lines of a body. */
    public void read(byte[] bytes, int from, int to) {
        int at = from;
        for (int number = 1; at < to; number++) {
            int end = LineTokens.lineEnd(bytes, at, to);
            line(bytes, at, end, number);
            for (int i = at; i < end; i++) {
                number += bytes[i] == '\n' ? 1 : 0;
            }
            at = end + 1;
        }
    }

    private void line(byte[] bytes, int from, int to, int number) {
        int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        int start = from;
        while (start < end && (bytes[start] == ' ' || bytes[start] == '\t')) {
            start++;
        }
        if (start == end || bytes[start] == '#') {
            return;
        }
        String fault = fault(bytes, start, end);
        if (fault != null) {
            bad++;
            if (faults.size() < MAX_FAULTS) {
                int shown = Math.min(end, start + SHOWN_BYTES);
                String text = new String(bytes, start, shown - start, StandardCharsets.UTF_8);
                faults.add(new LineFault(number, place(start, end) - from + 1, text, fault));
            }
        }
    }

    private int place(int start, int end) {
        return tokens.fault() == null ? start : Math.min(tokens.faultAt(), end);
    }

    private @Nullable String fault(byte[] bytes, int start, int end) {
        if (!tokens.read(bytes, start, end)) {
            return tokens.fault();
        }
        if (Utf8.firstFault(bytes, start, end) != Utf8.VALID) {
            return "invalid UTF-8";
        }
        if (tokens.pairs + 1 > NamedBatches.MAX_VALUES) {
            return "over " + (NamedBatches.MAX_VALUES - 1) + " tags and fields";
        }
        String fault = names(bytes);
        if (fault == null) {
            fault = values(bytes);
        }
        long time = time(bytes);
        if (fault == null && time == Long.MIN_VALUE) {
            fault = "time outside range";
        }
        if (fault != null) {
            return fault;
        }
        if (!batches.begin(time, tokens.pairs + 1)) {
            return "the request is too large";
        }
        tell(bytes);
        return batches.end() ? null : "line too long";
    }

    /** Puts all names in a row, without their escapes, and checks them. */
    private @Nullable String names(byte[] bytes) {
        if (nameEnds.length < tokens.pairs) {
            nameEnds = new int[tokens.pairs * 2];
        }
        int length = 0;
        for (int i = 0; i < tokens.pairs; i++) {
            int begin = length;
            length = plain(bytes, tokens.keyStart[i], tokens.keyEnd[i], length);
            nameEnds[i] = length;
            if (length - begin > NamedBatches.MAX_NAME_BYTES) {
                return "a name over " + NamedBatches.MAX_NAME_BYTES + " bytes";
            }
            for (int c = begin; c < length; c++) {
                if ((scratch[c] >= 0 && scratch[c] < ' ') || scratch[c] == 0x7f) {
                    return "a name with a control character";
                }
            }
        }
        return null;
    }

    private @Nullable String values(byte[] bytes) {
        for (int i = tokens.tags; i < tokens.pairs; i++) {
            LineTokens.Type type = tokens.types[i];
            boolean whole = type == LineTokens.Type.INTEGER || type == LineTokens.Type.UNSIGNED;
            if (whole && !fitsLong(bytes, tokens.valueStart[i], tokens.valueEnd[i])) {
                return "value out of range";
            }
            if (type == LineTokens.Type.REAL && !Double.isFinite(real(bytes, i))) {
                return "value out of range";
            }
        }
        return null;
    }

    private static boolean fitsLong(byte[] bytes, int from, int to) {
        try {
            Long.parseLong(text(bytes, from, to));
            return true;
        } catch (NumberFormatException tooLarge) {
            return false;
        }
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private double real(byte[] bytes, int pair) {
        return Double.parseDouble(text(bytes, tokens.valueStart[pair], tokens.valueEnd[pair]));
    }

    /** Nanoseconds, 0 for none, {@link Long#MIN_VALUE} for what they cannot say. */
    private long time(byte[] bytes) {
        if (tokens.timeStart == tokens.timeEnd) {
            return 0;
        }
        if (!fitsLong(bytes, tokens.timeStart, tokens.timeEnd)) {
            return Long.MIN_VALUE;
        }
        long said = Long.parseLong(text(bytes, tokens.timeStart, tokens.timeEnd));
        long nanos = said * precision.nanos();
        return nanos / precision.nanos() == said ? nanos : Long.MIN_VALUE;
    }

    private void tell(byte[] bytes) {
        int base = tokens.pairs == 0 ? 0 : nameEnds[tokens.pairs - 1];
        int end = plain(bytes, tokens.measurementStart, tokens.measurementEnd, base);
        batches.text(MEASUREMENT_UTF8, 0, MEASUREMENT_UTF8.length, scratch, base, end - base);
        for (int i = 0; i < tokens.pairs; i++) {
            int name = i == 0 ? 0 : nameEnds[i - 1];
            int length = nameEnds[i] - name;
            int from = tokens.valueStart[i];
            int to = tokens.valueEnd[i];
            LineTokens.Type type = i < tokens.tags ? LineTokens.Type.TEXT : tokens.types[i];
            switch (type) {
                case TEXT -> {
                    int stop =
                            i < tokens.tags
                                    ? plain(bytes, from, to, base)
                                    : unquoted(bytes, from, to, base);
                    batches.text(scratch, name, length, scratch, base, stop - base);
                }
                case REAL -> batches.real(scratch, name, length, real(bytes, i));
                case INTEGER, UNSIGNED ->
                        batches.integer(
                                scratch, name, length, Long.parseLong(text(bytes, from, to)));
                case TRUE -> batches.bool(scratch, name, length, true);
                case FALSE -> batches.bool(scratch, name, length, false);
            }
        }
    }

    /** Without the escapes of names and tags: of comma, equals sign and space. */
    private int plain(byte[] bytes, int from, int to, int put) {
        reserve(put + to - from);
        int length = put;
        for (int i = from; i < to; i++) {
            boolean escape =
                    bytes[i] == '\\'
                            && i + 1 < to
                            && (bytes[i + 1] == ',' || bytes[i + 1] == '=' || bytes[i + 1] == ' ');
            i += escape ? 1 : 0;
            scratch[length++] = bytes[i];
        }
        return length;
    }

    /** Without the escapes of texts: of quote and backslash. */
    private int unquoted(byte[] bytes, int from, int to, int put) {
        reserve(put + to - from);
        int length = put;
        for (int i = from; i < to; i++) {
            boolean escape =
                    bytes[i] == '\\' && i + 1 < to && (bytes[i + 1] == '"' || bytes[i + 1] == '\\');
            i += escape ? 1 : 0;
            scratch[length++] = bytes[i];
        }
        return length;
    }

    private void reserve(int room) {
        if (scratch.length < room) {
            byte[] wider = new byte[room * 2];
            System.arraycopy(scratch, 0, wider, 0, scratch.length);
            scratch = wider;
        }
    }

    /** Records that were made. */
    public int records() {
        return batches.records();
    }

    /** Lines that were not. */
    public int bad() {
        return bad;
    }

    /** What is wrong with the first of them. */
    public List<LineFault> faults() {
        return faults;
    }
}
