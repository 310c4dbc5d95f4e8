package io.penstock.gateway.terminal;

import java.io.PrintStream;

/**
 * One line of progress: redrawn in place on a terminal, written now and then anywhere else.
 *
 * <p>Threading: confined to one thread.
 */
public final class LiveLine {
    /** Between two lines where nobody watches: often enough to see that it lives. */
    private static final long PLAIN_INTERVAL_NS = 5_000_000_000L;

    /** A wrapped line would not be redrawn in place. */
    private static final int MAX_WIDTH = Math.max(1, Terminal.columns() - 1);

    private final PrintStream out;
    private final boolean terminal;
    private int drawn;
    private long lastPlainNs;

    private LiveLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.lastPlainNs = System.nanoTime();
    }

    /** A line on standard output; the launcher says whether that is a terminal. */
    public static LiveLine onOut() {
        return new LiveLine(System.out, Terminal.isOut());
    }

    /** A line on standard error, for verbs whose standard output is their result. */
    public static LiveLine onErr() {
        return new LiveLine(System.err, Terminal.isErr());
    }

    /** A line for tests. */
    public static LiveLine on(PrintStream out, boolean terminal) {
        return new LiveLine(out, terminal);
    }

    /** Shows the present state. */
    public void show(String state) {
        if (terminal) {
            String cut = state.length() > MAX_WIDTH ? state.substring(0, MAX_WIDTH) : state;
            out.print("\r" + cut + " ".repeat(Math.max(0, drawn - cut.length())));
            out.flush();
            drawn = cut.length();
        } else if (System.nanoTime() - lastPlainNs >= PLAIN_INTERVAL_NS) {
            lastPlainNs = System.nanoTime();
            out.println(state);
        }
    }

    /** Writes a line that stays, above the live one. */
    public void note(String line) {
        clear();
        out.println(line);
    }

    /** Takes the live line away. */
    public void clear() {
        if (drawn > 0) {
            out.print("\r" + " ".repeat(drawn) + "\r");
            out.flush();
            drawn = 0;
        }
    }

    /** Shows the last state and leaves it standing. */
    public void finish(String state) {
        clear();
        out.println(state);
    }
}
