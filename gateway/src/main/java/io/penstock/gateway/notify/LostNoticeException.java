package io.penstock.gateway.notify;

/** A notice was given up; the message says why, without secrets. */
public final class LostNoticeException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean isFinal;

    /** One that another try may help. */
    LostNoticeException(String why) {
        this(why, false);
    }

    /**
     * Why.
     *
     * @param isFinal whether another try would end the same way
     */
    LostNoticeException(String why, boolean isFinal) {
        super(why, null, false, false); // no trace: this is no defect of ours
        this.isFinal = isFinal;
    }

    boolean isFinal() {
        return isFinal;
    }
}
