package io.penstock.exporter.sink.influxdb;

import io.penstock.exporter.record.WriteBuffer;

/**
 * Texts as they stand in the places of a line. What has to be escaped, by place, after the "Line
 * protocol reference" of InfluxDB 1.8 and 2 ("Special characters"):
 *
 * <table>
 *   <caption>Escapes</caption>
 *   <tr><td>measurement</td><td>comma, space</td></tr>
 *   <tr><td>tag key, tag value, field key</td><td>comma, equals sign, space</td></tr>
 *   <tr><td>text field</td><td>double quote, backslash</td></tr>
 * </table>
 *
 * <p>Outside text fields a backslash is not escaped, so one at the very end would escape what comes
 * after; and a line end ends the line. There is no way to write either: line ends and tabs become
 * spaces, and backslashes at the end are left out.
 *
 * <p>Threading: any thread.
 */
final class LineText {

    /** The measurement. */
    static final int MEASUREMENT = 1;

    /** Keys, and values of tags. */
    static final int KEY = 2;

    /** Inside the quotes of a text field. */
    static final int STRING = 4;

    /** Per character of ASCII: the places in which a backslash stands before it. */
    private static final byte[] ESCAPED = new byte[128];

    private static final byte BACKSLASH = '\\';

    static {
        ESCAPED[','] = MEASUREMENT | KEY;
        ESCAPED[' '] = MEASUREMENT | KEY;
        ESCAPED['='] = KEY;
        ESCAPED['"'] = STRING;
        ESCAPED[BACKSLASH] = STRING;
    }

    private LineText() {}

    /** Writes a text. */
    static void put(WriteBuffer out, int place, byte[] utf8, int offset, int length) {
        int end = offset + length;
        while (place != STRING && end > offset && utf8[end - 1] == BACKSLASH) {
            end--;
        }
        int plain = offset;
        for (int at = offset; at < end; at++) {
            byte each = utf8[at];
            boolean blank = place != STRING && (each == '\n' || each == '\r' || each == '\t');
            if (blank || (each >= 0 && (ESCAPED[each] & place) != 0)) {
                out.put(utf8, plain, at - plain);
                out.put(BACKSLASH);
                out.put(blank ? (byte) ' ' : each);
                plain = at + 1;
            }
        }
        out.put(utf8, plain, end - plain);
    }
}
