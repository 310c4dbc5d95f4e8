package io.penstock.exporter.text;

/**
 * Steps through lines, ended by LF or CRLF, and passes over blank ones: those of spaces, tabs and
 * CRs only.
 *
 * <p>Threading: confined to one thread.
 */
public final class Lines {

    private byte[] bytes = new byte[0];
    private int limit;
    private int nextStart;
    private int number;

    private int lineStart;

    private int lineEnd;

    /** Turns to the text in {@code [from, to)}. */
    public void wrap(byte[] source, int from, int to) {
        bytes = source;
        limit = to;
        nextStart = from;
        number = 0;
    }

    /** Goes to the next line that is not blank; false when there is none. */
    public boolean next() {
        while (nextStart < limit) {
            lineStart = nextStart;
            int feed = Words.indexOf(bytes, lineStart, limit, (byte) '\n');
            lineEnd = feed > lineStart && bytes[feed - 1] == '\r' ? feed - 1 : feed;
            nextStart = feed + 1;
            number++;
            if (!blank()) {
                return true;
            }
        }
        return false;
    }

    private boolean blank() {
        for (int i = lineStart; i < lineEnd; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** First byte of the line. */
    public int start() {
        return lineStart;
    }

    /** Behind the line's last byte; its end is not part of it. */
    public int end() {
        return lineEnd;
    }

    /** Number of the line, from 1, blank ones included. */
    public int number() {
        return number;
    }

    /** Where the line behind this one begins, or the end of the text. */
    public int nextStart() {
        return Math.min(nextStart, limit);
    }
}
