package io.penstock.gateway.alert;

/**
 * From when on a value is bad, and for how long before anybody is told.
 *
 * <p>Threading: immutable.
 *
 * @param condition of what
 * @param threshold bad from here on, in the unit of the condition
 * @param clear clear beyond here, on the other side
 * @param holdMs bad for so long before it fires
 * @param clearHoldMs clear for so long before it is resolved
 * @param severity how much it matters
 */
public record Rule(
        Condition condition,
        double threshold,
        double clear,
        long holdMs,
        long clearHoldMs,
        Severity severity) {

    /** Checks that the two values are on the right sides of one another. */
    public Rule {
        boolean apart = condition.isLowBad() ? clear >= threshold : clear <= threshold;
        if (!apart) {
            throw new IllegalArgumentException(
                    "clear: "
                            + clear
                            + " is on the bad side of threshold "
                            + threshold
                            + " of "
                            + condition.word());
        }
    }

    boolean isBad(double value) {
        return condition.isLowBad() ? value <= threshold : value >= threshold;
    }

    /** Not the same as not bad: between the two values nothing changes. */
    boolean isClear(double value) {
        return condition.isLowBad() ? value > clear : value < clear;
    }
}
