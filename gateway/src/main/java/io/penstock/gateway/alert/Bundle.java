package io.penstock.gateway.alert;

import java.util.List;

/**
 * What is told in one notice. Threading: immutable.
 *
 * @param group key of what belongs together
 * @param firing all of the group that fire and are not silenced
 * @param resolved those that are over and had been told
 * @param isRepeat whether nothing is new
 */
public record Bundle(String group, List<Alert> firing, List<Alert> resolved, boolean isRepeat) {
    /** Keeps copies. */
    public Bundle {
        firing = List.copyOf(firing);
        resolved = List.copyOf(resolved);
    }
}
