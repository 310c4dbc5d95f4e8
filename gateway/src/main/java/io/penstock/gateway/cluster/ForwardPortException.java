package io.penstock.gateway.cluster;

/** The port for deliveries of other nodes cannot be opened; the cause says why. */
public final class ForwardPortException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Throwable why;

    ForwardPortException(Throwable why) {
        super(why.getMessage(), why);
        this.why = why;
    }

    /** What the port was refused for. */
    public Throwable why() {
        return why;
    }
}
