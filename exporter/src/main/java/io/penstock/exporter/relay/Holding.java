package io.penstock.exporter.relay;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one export that are here, and who has a sink because of them.
 *
 * <p>Threading: changed under the lock of {@link Holdings}; {@link #mayDeliver} and {@link
 * #hasTasks} on any thread.
 */
final class Holding {
    private static final Permit[] NONE = {};

    private final Map<Integer, Permit> live = new TreeMap<>();
    private final List<Tenant> tenants = new ArrayList<>();

    /** Permits that hear of it when the sinks have ended; null while none is ending. */
    private @Nullable Map<Integer, Permit> ending;

    private volatile Permit[] permits = NONE;
    private volatile boolean hasTasks;

    boolean mayDeliver() {
        for (Permit permit : permits) {
            if (permit.mayDeliver()) {
                return true;
            }
        }
        return false;
    }

    boolean hasTasks() {
        return hasTasks;
    }

    boolean isIdle() {
        return live.isEmpty() && ending == null && tenants.isEmpty();
    }

    /** Those that run or are still stopping. */
    List<Integer> shares() {
        List<Integer> shares = new ArrayList<>(live.keySet());
        if (ending != null) {
            shares.addAll(ending.keySet());
        }
        return shares;
    }

    void start(int share, Permit permit) {
        live.put(share, permit);
        changed();
        if (live.size() == 1 && ending == null) {
            tenants.forEach(Tenant::begin);
        }
    }

    /**
     * A task is to stop.
     *
     * @param whenEnded to be run, on any thread, when the sinks have ended
     */
    void end(int share, boolean atOnce, Runnable whenEnded) {
        Permit permit = live.remove(share);
        Map<Integer, Permit> under = ending;
        if (permit != null && !live.isEmpty()) {
            changed();
            permit.stopped();
            return;
        }
        if (under != null) {
            if (permit != null) {
                under.put(share, permit);
                changed();
            }
            if (atOnce && under.containsKey(share)) {
                tenants.forEach(tenant -> tenant.end(true));
            }
            return;
        }
        if (permit == null) {
            return;
        }
        ending = new TreeMap<>(Map.of(share, permit));
        changed();
        Future.join(tenants.stream().map(tenant -> tenant.end(atOnce)).toList())
                .onComplete(over -> whenEnded.run());
    }

    /** The sinks have ended. */
    void ended() {
        Map<Integer, Permit> over = ending;
        ending = null;
        if (over != null) {
            over.values().forEach(Permit::stopped);
        }
        changed();
        if (!live.isEmpty()) {
            tenants.forEach(Tenant::begin);
        }
    }

    private void changed() {
        permits = live.values().toArray(NONE);
        hasTasks = !live.isEmpty() || ending != null;
    }

    void attach(Tenant tenant) {
        tenants.add(tenant);
        if (!live.isEmpty() && ending == null) {
            tenant.begin();
        }
    }

    void detach(Tenant tenant) {
        tenants.remove(tenant);
    }
}
