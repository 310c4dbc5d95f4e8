package io.penstock.gateway.alert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The silences that have not ended. Confined to the board. */
final class Silences {
    /** Most at once. */
    static final int MAX = 100;

    private final List<Silence> all = new ArrayList<>();
    private long lastId;

    /** Null where there are as many as may be. */
    @Nullable Silence add(Silence wanted) {
        if (all.size() >= MAX) {
            return null;
        }
        lastId++;
        Silence made =
                new Silence(
                        lastId,
                        wanted.condition(),
                        wanted.repo(),
                        wanted.name(),
                        wanted.untilMs(),
                        wanted.reason());
        all.add(made);
        return made;
    }

    /** One that was there before. */
    void restore(Silence known) {
        if (all.size() < MAX) {
            all.add(known);
        }
    }

    boolean remove(long id) {
        return all.removeIf(each -> each.id() == id);
    }

    /** Drops those that are over; whether there were any. */
    boolean expire(long nowMs) {
        return all.removeIf(each -> each.untilMs() <= nowMs);
    }

    @Nullable Silence covering(Alert alert) {
        for (Silence each : all) {
            if (each.covers(alert)) {
                return each;
            }
        }
        return null;
    }

    List<Silence> all() {
        return List.copyOf(all);
    }

    long lastId() {
        return lastId;
    }

    void lastId(long used) {
        lastId = Math.max(lastId, used);
    }
}
