package io.penstock.gateway.alert;

import java.util.Locale;

/** What can be wrong, and from when on, unless a rule says otherwise. */
public enum Condition {
    /** Records wait. */
    LAG_AGE(
            About.EXPORT,
            "s",
            new Usual(300, 120, 60, 60, Severity.WARNING),
            "Age of the oldest record that an export has not settled; none while it is paused."),
    /** Attempts fail. */
    ERROR_RATE(
            About.EXPORT,
            "%",
            new Usual(50, 10, 60, 60, Severity.WARNING),
            "Share of an export's attempts of about the last minute that failed."),
    /** The target does not take anything. */
    EXPORT_BLOCKED(
            About.EXPORT,
            "",
            new Usual(1, 1, 300, 30, Severity.CRITICAL),
            "1 while an export backs off, has no room for dead letters, or failed."),
    /** A person paused it and may have forgotten. */
    EXPORT_PAUSED(
            About.EXPORT,
            "",
            new Usual(1, 1, 3600, 0, Severity.WARNING),
            "1 while an export is paused."),
    /** Dead letters are there. */
    DEAD_LETTERS(
            About.EXPORT,
            "records",
            new Usual(1, 1, 30, 0, Severity.WARNING),
            "Records that wait as dead letters for a person."),
    /** Dead letters come. */
    DEAD_LETTERS_GROWING(
            About.EXPORT,
            "records/min",
            new Usual(60, 6, 60, 120, Severity.CRITICAL),
            "Records that became dead letters in about the last minute."),
    /** The books do not balance. */
    LEDGER_RESIDUE(
            About.EXPORT,
            "records",
            new Usual(1, 1, 0, 0, Severity.CRITICAL),
            "What does not add up in the ledger of an export, found by two checks in a row."),
    /** A node is gone. */
    NODE_LOST(
            About.CLUSTER,
            "",
            new Usual(1, 1, 5, 30, Severity.CRITICAL),
            "1 while a node of the cluster is gone that had tasks when it went; the leader tells."),
    /** The ring's room is nearly spent. */
    STAGING_FULL(
            About.NODE,
            "%",
            new Usual(80, 70, 60, 60, Severity.WARNING),
            "Share of staging.max_bytes that is staged; at 100 % batches are refused."),
    /** The disk is nearly full. */
    DISK_FULL(
            About.NODE,
            "%",
            new Usual(90, 85, 60, 60, Severity.CRITICAL),
            "Used share of the file system that node.data_dir lies on."),
    /** One task takes most of a node. */
    HOT_TASK(
            About.EXPORT,
            "%",
            new Usual(60, 45, 600, 120, Severity.WARNING),
            "Share of its node's CPU that an export takes, by its part of the delivered bytes."),
    /** TLS will stop working. */
    CERTIFICATE(
            About.NODE,
            "days",
            new Usual(14, 15, 0, 0, Severity.WARNING),
            "Days until the certificate of a port ends; low is bad."),
    /** A source falls behind. */
    SOURCE_LAG(
            About.SOURCE,
            "records",
            new Usual(100_000, 10_000, 300, 60, Severity.WARNING),
            "Records that the foreign system has and a source has not fetched."),
    /** A source does not pull. */
    SOURCE_TROUBLE(
            About.SOURCE,
            "",
            new Usual(1, 1, 300, 30, Severity.CRITICAL),
            "1 while something keeps a source from pulling.");

    private static final long SECOND_MS = 1000;

    private final About about;
    private final String unit;

    @SuppressWarnings("ImmutableEnumChecker") // numbers and a word
    private final Usual usual;

    private final String means;

    /** What readings of a condition are of. */
    public enum About {
        /** An export of a repo. */
        EXPORT,
        /** A source, which fills a repo. */
        SOURCE,
        /** This node, or one of its ports. */
        NODE,
        /** The cluster, of which its leader tells. */
        CLUSTER
    }

    private record Usual(
            double threshold, double clear, long holdS, long clearHoldS, Severity severity) {}

    Condition(About about, String unit, Usual usual, String means) {
        this.about = about;
        this.unit = unit;
        this.usual = usual;
        this.means = means;
    }

    /** As people and files write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its readings are of. */
    public About about() {
        return about;
    }

    /** Of its values; empty where they are 0 and 1. */
    public String unit() {
        return unit;
    }

    /** One sentence. */
    public String means() {
        return means;
    }

    /** Whether low values are bad. */
    boolean isLowBad() {
        return usual.clear > usual.threshold;
    }

    /** What holds where no rule says otherwise. */
    public Rule usualRule() {
        return new Rule(
                this,
                usual.threshold,
                usual.clear,
                usual.holdS * SECOND_MS,
                usual.clearHoldS * SECOND_MS,
                usual.severity);
    }
}
