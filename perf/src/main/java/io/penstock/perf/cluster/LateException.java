package io.penstock.perf.cluster;

/** Something did not come in time. */
final class LateException extends Exception {
    private static final long serialVersionUID = 1;

    LateException(String what) {
        super(what);
    }
}
