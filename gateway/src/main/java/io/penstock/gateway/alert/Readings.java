package io.penstock.gateway.alert;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * The readings of a moment. Most values are well and of nothing that an alert is about: those are
 * dropped here, before anything is made of them.
 *
 * <p>Threading: confined to whoever fills it.
 */
public final class Readings {
    /** What is said of a value, asked for only where it matters. */
    public record Words(Supplier<String> why, Supplier<String> target) {
        /** Of nothing that others depend on. */
        public static Words of(Supplier<String> why) {
            return new Words(why, () -> "");
        }
    }

    private final Rulebook rules;
    private final BiPredicate<Condition, Subject> known;
    private final Set<Condition> covered = EnumSet.noneOf(Condition.class);
    private final List<Reading> all = new ArrayList<>();

    Readings(Rulebook rules, BiPredicate<Condition, Subject> known) {
        this.rules = rules;
        this.known = known;
    }

    /**
     * All subjects of a condition are read in this round: one that is not among them is not there
     * any more.
     */
    public void cover(Condition condition) {
        covered.add(condition);
    }

    /** Adds a value. */
    public void add(Condition condition, Subject subject, double value, Words words) {
        if (rules.mayBeBad(condition, value) || known.test(condition, subject)) {
            all.add(
                    new Reading(
                            condition, subject, value, words.why().get(), words.target().get()));
        }
    }

    Set<Condition> covered() {
        return covered;
    }

    List<Reading> all() {
        return all;
    }
}
