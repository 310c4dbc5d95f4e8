package io.penstock.gateway.definition;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets what is done about one export be done one after another, in the order of the asking.
 *
 * <p>Threading: any thread.
 */
final class Turns {
    private final int most;

    // Guarded by this.
    private final Map<ExportKey, Future<?>> last = new HashMap<>();
    private int waiting;
    private boolean open;

    /** With so many under way at the most; closed at first. */
    Turns(int most) {
        this.most = most;
    }

    synchronized void open() {
        open = true;
    }

    /** Lets nothing more in; completes when nothing is under way. */
    synchronized Future<?> close() {
        open = false;
        List<Future<?>> all = new ArrayList<>(last.values());
        return Future.join(all).otherwiseEmpty();
    }

    /** Does it when its turn comes; empty when it is not let in. */
    synchronized <T> Optional<Future<T>> take(ExportKey key, Supplier<Future<T>> deed) {
        if (!open || waiting >= most) {
            return Optional.empty();
        }
        waiting++;
        Future<?> before = last.getOrDefault(key, Future.succeededFuture());
        Future<T> mine = before.transform(ended -> deed.get());
        last.put(key, mine);
        mine.onComplete(ended -> over(key, mine));
        return Optional.of(mine);
    }

    private synchronized void over(ExportKey key, Future<?> mine) {
        waiting--;
        last.remove(key, mine);
    }
}
