package io.penstock.gateway.alert;

import java.util.Locale;

/** Where an alert stands; one that is not there is inactive. */
public enum State {
    /** Bad, not for long enough yet. */
    PENDING,
    /** Bad for as long as its rule says. */
    FIRING,
    /** Was firing, and has been clear for as long as its rule says. */
    RESOLVED;

    /** As people and files write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
