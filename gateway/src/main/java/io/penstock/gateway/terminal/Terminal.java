package io.penstock.gateway.terminal;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the terminal that people look at. The launcher says whether there is one and how
 * wide it is; where nobody says, there is none.
 *
 * <p>Threading: any thread.
 */
public final class Terminal {
    /** Where nobody says how wide it is: what every terminal has. */
    private static final int USUAL_COLUMNS = 80;

    private Terminal() {}

    /** Whether standard output is one. */
    public static boolean isOut() {
        return Boolean.getBoolean("penstock.tty.out");
    }

    /** Whether standard error is one. */
    public static boolean isErr() {
        return Boolean.getBoolean("penstock.tty.err");
    }

    /** Columns of the terminal. */
    public static int columns() {
        return Math.max(1, Integer.getInteger("penstock.columns", USUAL_COLUMNS));
    }

    /** How wide a table on standard output may be; what goes to a file or a pipe is not cut. */
    public static int tableColumns() {
        return isOut() ? columns() : Integer.MAX_VALUE;
    }

    /** Whether standard output is to have colours. */
    public static boolean hasColour() {
        return hasColour(isOut(), System.getenv("NO_COLOR"), System.getenv("TERM"));
    }

    /**
     * The rule: on terminals that know colours, unless NO_COLOR is set to anything (no-color.org).
     */
    static boolean hasColour(boolean terminal, @Nullable String noColor, @Nullable String term) {
        return terminal
                && (noColor == null || noColor.isEmpty())
                && term != null
                && !term.equals("dumb");
    }

    /**
     * Whether nobody reads any more what is written, as behind a pipe whose reader has gone; asks
     * standard output itself, too, for a writer around it does not hear what it swallows.
     */
    public static boolean isClosed(PrintWriter out) {
        return out.checkError() || System.out.checkError();
    }

    /** The same text without what a terminal would obey: control characters become spaces. */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
