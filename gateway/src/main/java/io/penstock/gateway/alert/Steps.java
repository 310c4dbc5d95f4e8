package io.penstock.gateway.alert;

import org.jspecify.annotations.Nullable;

/** The ways from state to state: a pure function. The drawing is on the package's page. */
final class Steps {
    private Steps() {}

    /**
     * What becomes of an alert.
     *
     * @param before null where there is none
     * @param id of a new one
     * @param seen the value now
     * @return null where there is none any more
     */
    static @Nullable Alert next(
            @Nullable Alert before, String id, Reading seen, Rule rule, long nowMs) {
        boolean isBad = rule.isBad(seen.value());
        if (before == null) {
            if (!isBad) {
                return null;
            }
            State first = rule.holdMs() == 0 ? State.FIRING : State.PENDING;
            return new Alert(id, seen, rule, first, nowMs, 0, false);
        }
        Alert now = sane(before.under(rule), nowMs);
        return now.state() == State.PENDING
                ? pending(now, seen, isBad, nowMs)
                : firing(now, seen, nowMs);
    }

    private static @Nullable Alert pending(Alert before, Reading seen, boolean isBad, long nowMs) {
        if (!isBad) {
            return null;
        }
        return nowMs - before.sinceMs() >= before.rule().holdMs()
                ? before.to(State.FIRING, nowMs, seen)
                : before.seen(seen, 0);
    }

    private static Alert firing(Alert before, Reading seen, long nowMs) {
        if (!before.rule().isClear(seen.value())) {
            return before.seen(seen, 0);
        }
        long since = before.clearSinceMs() == 0 ? nowMs : before.clearSinceMs();
        // why it fired is worth more to people than how well it is now
        Reading well =
                new Reading(
                        seen.condition(),
                        seen.subject(),
                        seen.value(),
                        before.reading().why(),
                        before.reading().target());
        return nowMs - since >= before.rule().clearHoldMs()
                ? before.to(State.RESOLVED, nowMs, well)
                : before.seen(well, since);
    }

    /** A clock that was put back must not make a hold of hours. */
    private static Alert sane(Alert alert, long nowMs) {
        if (alert.sinceMs() <= nowMs && alert.clearSinceMs() <= nowMs) {
            return alert;
        }
        return new Alert(
                alert.id(),
                alert.reading(),
                alert.rule(),
                alert.state(),
                Math.min(alert.sinceMs(), nowMs),
                Math.min(alert.clearSinceMs(), nowMs),
                alert.told());
    }
}
