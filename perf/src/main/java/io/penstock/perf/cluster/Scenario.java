package io.penstock.perf.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What may be broken. */
public enum Scenario {
    /** The leader is killed, and started again. */
    KILL_LEADER("kill -9 of the leader", Need.NOTHING, Deaths::ofLeader),
    /** Another node is. */
    KILL_OTHER("kill -9 of another node", Need.NOTHING, Deaths::ofAnother),
    /** Another node than the leader hangs. */
    PAUSE(
            "SIGSTOP of another node for longer than its lease, SIGCONT",
            Need.NOTHING,
            Deaths::pauseOfAnother),
    /** The leader hangs. */
    PAUSE_LEADER("the same with the leader", Need.NOTHING, Deaths::pauseOfLeader),
    /** Every node is stopped in order and started again. */
    ROLLING(
            "SIGTERM and a start, one node after the other",
            Need.NOTHING,
            Deaths::oneAfterTheOther),
    /** A node comes. */
    JOIN("one more node", Need.NOTHING, Deaths::oneMore),
    /** No node is left. */
    ALL_DOWN("kill -9 of all nodes, all started at once", Need.NOTHING, Deaths::ofAll),
    /** The store in a database is away while the leader dies. */
    STORE_DOWN(
            "PostgreSQL as the store is stopped while the leader dies, and started",
            Need.POSTGRES,
            Stores::databaseDown),
    /** The stores in files are. */
    STORE_UNWRITABLE(
            "no node can write its store while the leader dies",
            Need.NOTHING,
            Stores::directoriesAway),
    /** A node's own copy of the table is damaged. */
    DAMAGED_TABLE(
            "a stopped node's copy of the table is damaged", Need.NOTHING, Deaths::damagedTable),
    /** The leader is cut off, alone or with fewer voters. */
    PARTITION_LEADER(
            "the leader is on the smaller side of a split",
            Need.NAMESPACES,
            Splits::leaderInMinority),
    /** Others are. */
    PARTITION_OTHER(
            "the leader is on the larger side of a split",
            Need.NAMESPACES,
            Splits::leaderInMajority),
    /** What one node sends is lost. */
    ONE_WAY("a node hears the others and is not heard", Need.NAMESPACES, Splits::oneWay),
    /** Nodes that do not fit. */
    STRANGERS(
            "other terms and a taken id under the same cluster name",
            Need.NOTHING,
            Strangers::refused),
    /** A node of another version. */
    OTHER_FORMAT(
            "a node whose messages have another format", Need.NOTHING, Strangers::ofAnotherFormat),
    /** A node whose clock is ahead. */
    CLOCK_SKEW(
            "a node's wall clock is ten minutes ahead, and the leader dies",
            Need.NOTHING,
            Strangers::skewed);

    /** What a scenario takes beside processes. */
    enum Need {
        NOTHING,
        NAMESPACES,
        POSTGRES
    }

    private final String what;
    private final Need need;

    @SuppressWarnings("ImmutableEnumChecker") // methods without state
    private final Breakage breakage;

    Scenario(String what, Need need, Breakage breakage) {
        this.what = what;
        this.need = need;
        this.breakage = breakage;
    }

    /** Its name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In a few words. */
    public String what() {
        return what;
    }

    Need need() {
        return need;
    }

    Breakage breakage() {
        return breakage;
    }

    /**
     * Trials by name: {@code all}, or a list whose items are scenarios, several of them joined by
     * {@code +} if they shall happen to one cluster one after the other.
     *
     * @throws IllegalArgumentException with the names that there are
     */
    public static List<List<Scenario>> parse(List<String> names) {
        List<List<Scenario>> trials = new ArrayList<>();
        for (String name : names) {
            if (name.equals("all")) {
                Arrays.stream(values()).map(List::of).forEach(trials::add);
            } else {
                trials.add(Arrays.stream(name.split("\\+", -1)).map(Scenario::byWord).toList());
            }
        }
        return trials;
    }

    private static Scenario byWord(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no scenario "
                                                + word
                                                + "; there are all, "
                                                + Arrays.stream(values())
                                                        .map(Scenario::word)
                                                        .collect(Collectors.joining(", "))));
    }
}
