package io.penstock.gateway.alert;

import java.util.List;

/**
 * What a board knows that a restart must not forget. Threading: immutable.
 *
 * @param firing alerts that fire
 * @param silences those that have not ended
 * @param lastSilence the largest number that a silence had
 * @param told what was told when
 * @param history events, newest first
 */
public record Memory(
        List<Alert> firing,
        List<Silence> silences,
        long lastSilence,
        List<Told> told,
        List<Event> history) {

    /**
     * A group.
     *
     * @param group its key
     * @param lastMs when it was told last, since the epoch; 0 for never
     * @param resolved over, and not told so
     */
    public record Told(String group, long lastMs, List<Alert> resolved) {}
}
