package io.penstock.gateway.alert;

import io.penstock.model.Setting;
import java.util.List;
import java.util.Set;

/**
 * Keys {@code alerts.*}: when people are told.
 *
 * <p>Threading: immutable.
 *
 * @param enabled whether anything is watched
 * @param channels who is told; all channels where it is empty
 * @param groupWaitMs what comes within this of the first of a group goes into one notice
 * @param groupIntervalMs least time between notices of a group
 * @param repeatMs a group that goes on firing is told again
 * @param sendResolved whether it is told that something is over
 * @param ledgerCheckMs time between checks of the ledger; 0 for none
 * @param rules what differs from the usual
 */
public record AlertsConfig(
        @Setting(
                        value = "true",
                        doc =
                                "Watches this node by the conditions of docs/alerting.md. On, since"
                                        + " without a channel (notices) they only show in the console,"
                                        + " in penstock alerts and in the metrics.")
                boolean enabled,
        @Setting(
                        value = "[]",
                        doc = "Names of the channels under notices that are told; empty is all.")
                List<String> channels,
        @Setting(
                        value = "10s",
                        doc =
                                "What begins within this of the first alert of a group goes into the"
                                        + " same notice: 50 exports of one dead target are one.")
                long groupWaitMs,
        @Setting(value = "1m", doc = "Least time between two notices of the same group.")
                long groupIntervalMs,
        @Setting(value = "4h", doc = "What goes on is told again after this; 0 never does.")
                long repeatMs,
        @Setting(value = "true", doc = "Whether it is told, too, that something is over.")
                boolean sendResolved,
        @Setting(
                        value = "10m",
                        doc =
                                "How often the ledgers of the open repos are checked, one after the"
                                        + " other; 0 never does. A repo with more than 256 MiB staged"
                                        + " is passed over: its ring is read for that.")
                long ledgerCheckMs,
        @Setting(
                        value = "[]",
                        doc =
                                "What differs from the usual. The first rule of a condition that fits"
                                        + " a repo and an export holds; where none does, the usual.")
                List<RuleConfig> rules) {

    /** Most rules. */
    public static final int MAX_RULES = 200;

    private static final long MAX_MS = 30L * 86_400_000;

    /** Checks ranges. */
    public AlertsConfig {
        channels = List.copyOf(channels);
        rules = List.copyOf(rules);
        within("group_wait_ms", groupWaitMs);
        within("group_interval_ms", groupIntervalMs);
        within("repeat_ms", repeatMs);
        within("ledger_check_ms", ledgerCheckMs);
        if (rules.size() > MAX_RULES) {
            throw new IllegalArgumentException("rules: there may be " + MAX_RULES);
        }
    }

    private static void within(String key, long value) {
        if (value < 0 || value > MAX_MS) {
            throw new IllegalArgumentException(key + ": 0 to 30 days");
        }
    }

    /** Every key at its default. */
    public static AlertsConfig defaults() {
        return new AlertsConfig(
                true, List.of(), 10_000, 60_000, 14_400_000, true, 600_000, List.of());
    }

    /** What is wrong with the names of channels; empty when nothing is. */
    public String fault(Set<String> known) {
        return channels.stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name -> "channels: no channel '" + name + "' under notices; known: " + known)
                .orElse("");
    }
}
