package io.penstock.exporter.accesslog;

/**
 * A line that its format does not describe.
 *
 * @param line number of the line, from 1
 * @param column byte in the line at which it shows, from 1
 * @param reason a few words for people
 */
public record MalformedLine(long line, int column, String reason) {

    /** {@code line 17, column 4: expected '['} */
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + reason;
    }
}
