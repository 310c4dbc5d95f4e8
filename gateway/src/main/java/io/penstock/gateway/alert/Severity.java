package io.penstock.gateway.alert;

import java.util.Locale;

/** How much an alert matters. */
public enum Severity {
    /** To be looked at in working hours. */
    WARNING,
    /** To be looked at now. */
    CRITICAL;

    /** As people and files write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
