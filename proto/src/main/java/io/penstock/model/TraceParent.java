package io.penstock.model;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace, as the headers {@code traceparent} and {@code tracestate} name it (W3C Trace
 * Context, Recommendation of 2021-11-23, sections 3.2 and 3.3).
 *
 * <p>Threading: immutable.
 *
 * @param high first 8 bytes of the trace's id
 * @param low the other 8; not both are 0
 * @param span id of the span; never 0
 * @param sampled whether the trace is recorded
 * @param state what others keep in {@code tracestate}, handed on as it is; empty for nothing
 */
public record TraceParent(long high, long low, long span, boolean sampled, String state) {
    /** Name of the header of the place itself. */
    public static final String HEADER = "traceparent";

    /** Name of the header of the state. */
    public static final String STATE_HEADER = "tracestate";

    /** Characters of a state that is handed on; a longer one is left out (section 3.3.1.5). */
    public static final int MAX_STATE_CHARS = 512;

    private static final HexFormat HEX = HexFormat.of();
    private static final int VERSION_END = 2;
    private static final int TRACE_END = 35;
    private static final int SPAN_END = 52;
    private static final int LENGTH = 55;
    private static final int HALF = 16;
    private static final int SAMPLED = 1;

    /**
     * Reads the headers. A later version is read as far as this one goes, as the standard says.
     *
     * @return null when there is no place, or none that is well-formed
     */
    public static @Nullable TraceParent parse(@Nullable String header, @Nullable String state) {
        if (header == null || !wellFormed(header)) {
            return null;
        }
        long high = HexFormat.fromHexDigitsToLong(header, 3, 3 + HALF);
        long low = HexFormat.fromHexDigitsToLong(header, 3 + HALF, TRACE_END);
        long span = HexFormat.fromHexDigitsToLong(header, TRACE_END + 1, SPAN_END);
        int flags = HexFormat.fromHexDigits(header, SPAN_END + 1, LENGTH);
        if ((high == 0 && low == 0) || span == 0) {
            return null;
        }
        String kept = state == null || state.length() > MAX_STATE_CHARS ? "" : state;
        return new TraceParent(high, low, span, (flags & SAMPLED) != 0, kept);
    }

    private static boolean wellFormed(String header) {
        boolean first = header.startsWith("00-");
        int length = header.length();
        if (length < LENGTH
                || (first && length > LENGTH)
                || (length > LENGTH && header.charAt(LENGTH) != '-')
                || header.startsWith("ff")) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = header.charAt(i);
            boolean dash = i == VERSION_END || i == TRACE_END || i == SPAN_END;
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (dash ? c != '-' : !hex) {
                return false;
            }
        }
        return true;
    }

    /** Another span of the same trace. */
    public TraceParent at(long otherSpan) {
        return new TraceParent(high, low, otherSpan, sampled, state);
    }

    /** Value of the header. */
    public String header() {
        return "00-"
                + HEX.toHexDigits(high)
                + HEX.toHexDigits(low)
                + '-'
                + HEX.toHexDigits(span)
                + (sampled ? "-01" : "-00");
    }
}
