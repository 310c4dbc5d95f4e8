package io.penstock.perf.network;

/** This machine does not have what is needed. */
public final class Skipped extends Exception {
    private static final long serialVersionUID = 1;

    /** For a reason, in words. */
    public Skipped(String why) {
        super(why);
    }
}
