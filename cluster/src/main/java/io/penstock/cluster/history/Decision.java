package io.penstock.cluster.history;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import org.jspecify.annotations.Nullable;

/**
 * One task that a leader put somewhere else, and why.
 *
 * <p>Threading: immutable.
 *
 * @param version of the table in which it changed
 * @param timeMs when, in milliseconds since 1970 by the leader's clock
 * @param task which
 * @param from where it was; null if nowhere
 * @param to where it went; null if nowhere
 * @param why a clause for a person; longer ones than {@value #MAX_WHY} characters are cut
 */
public record Decision(
        Version version,
        long timeMs,
        TaskKey task,
        @Nullable NodeId from,
        @Nullable NodeId to,
        String why) {

    /** Longest reason, in characters. */
    public static final int MAX_WHY = 500;

    /** Cuts the reason. */
    public Decision {
        if (why.length() > MAX_WHY) {
            why = why.substring(0, MAX_WHY);
        }
    }
}
