package io.penstock.gateway.terminal;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * How far long work is, on standard error: a bar with rate and remaining time on a terminal, a line
 * each five seconds elsewhere, nothing for work that is over at once. A thread of its own redraws
 * it, so that work which does not report is seen to live, too.
 *
 * <p>Threading: any thread.
 */
public final class Progress implements AutoCloseable {
    private static final long DRAW_MS = 250;
    private static final int BAR = 20;

    private final String deed;
    private final long total;
    private final LongFunction<String> amount;
    private final LiveLine line;
    private final long startNs = System.nanoTime();
    private final Thread drawer;
    private volatile long done;
    private volatile Supplier<String> detail = () -> "";
    private volatile long partFrom;
    private volatile long partSize;

    /**
     * Work that begins now.
     *
     * @param deed what is done: "replayed"
     * @param total how much there is to do; 0 where that is not known
     * @param amount how amounts are written
     */
    public static Progress onErr(String deed, long total, LongFunction<String> amount) {
        return new Progress(deed, total, amount, LiveLine.onErr());
    }

    /** The same elsewhere, for tests. */
    static Progress on(
            PrintStream out,
            boolean terminal,
            String deed,
            long total,
            LongFunction<String> amount) {
        return new Progress(deed, total, amount, LiveLine.on(out, terminal));
    }

    private Progress(String deed, long total, LongFunction<String> amount, LiveLine line) {
        this.deed = deed;
        this.total = total;
        this.amount = amount;
        this.line = line;
        this.drawer = new Thread(this::draw, "progress");
        drawer.setDaemon(true);
        drawer.start();
    }

    private void draw() {
        try {
            while (true) {
                Thread.sleep(DRAW_MS);
                redraw();
            }
        } catch (InterruptedException over) {
            return; // closed
        }
    }

    private synchronized void redraw() {
        if (!drawer.isInterrupted()) {
            double seconds = (System.nanoTime() - startNs) / 1e9;
            line.show(state(deed, done, total, seconds, amount) + detail.get());
        }
    }

    /** So much is done by now. */
    public void done(long soFar) {
        done = soFar;
    }

    /** What is done by now, and how much the part is that begins. */
    public void begin(long soFar, long part) {
        done = soFar;
        partFrom = soFar;
        partSize = part;
    }

    /** How much is done of the part that was begun, from 0 to 1. */
    public void part(double share) {
        done = partFrom + (long) (partSize * Math.max(0, Math.min(1, share)));
    }

    /** What is said behind the bar. */
    public void detail(String text) {
        detail(() -> text);
    }

    /** The same, asked for when it is drawn. */
    public void detail(Supplier<String> text) {
        detail = () -> "  " + text.get();
    }

    /** Writes a line that stays. */
    public synchronized void note(String text) {
        line.note(text);
    }

    /** Lets something be written that may go to the same terminal. */
    public synchronized void print(Runnable writes) {
        line.clear();
        writes.run();
    }

    /** Takes it away; what was done is the verb's to say. */
    @Override
    public synchronized void close() {
        drawer.interrupt();
        line.clear();
    }

    /** {@code replayed 12 of 48 25% [#####---------------] 4/s 9 s left}. */
    static String state(
            String deed, long done, long total, double seconds, LongFunction<String> amount) {
        if (total <= 0) {
            String said = done == 0 ? deed : deed + " " + amount.apply(done);
            return said + ", " + Amounts.seconds(seconds);
        }
        double part = Math.min(1, (double) done / total);
        int full = (int) (part * BAR);
        double perSecond = done / Math.max(seconds, 1e-3);
        String left =
                done == 0 || done >= total
                        ? ""
                        : "  " + Amounts.seconds((total - done) / perSecond) + " left";
        return String.format(
                Locale.ROOT,
                "%s %s of %s  %.0f%%  [%s%s]  %s/s%s",
                deed,
                amount.apply(done),
                amount.apply(total),
                part * 100,
                "#".repeat(full),
                "-".repeat(BAR - full),
                amount.apply(Math.round(perSecond)),
                left);
    }
}
