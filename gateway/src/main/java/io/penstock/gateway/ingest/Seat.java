package io.penstock.gateway.ingest;

import io.vertx.core.http.HttpConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * To whom one connection belongs: to the owner of the repo of the first batch over it that its
 * sender may push. Batches for repos of others that come later go with it.
 *
 * <p>Threading: confined to the event loop of its connection.
 */
public final class Seat {
    /** In which what else is under way on a connection that may not stay is answered. */
    private static final long LAST_WORDS_MS = 1_000;

    private final HttpConnection connection;
    private @Nullable Quota owner;
    private boolean left;

    Seat(HttpConnection connection) {
        this.connection = connection;
    }

    /**
     * A batch may be pushed as far as its sender goes.
     *
     * @return null when its connection may be there, too; else why not, and it closes when it has
     *     answered
     */
    @Nullable Fault take(Quota its) {
        if (owner != null || left) {
            return null;
        }
        Fault full = its.connect();
        if (full == null) {
            owner = its;
        } else {
            connection.shutdown(LAST_WORDS_MS, TimeUnit.MILLISECONDS);
        }
        return full;
    }

    /** The connection is closed. */
    void leave() {
        Quota its = owner;
        left = true;
        owner = null;
        if (its != null) {
            its.disconnect();
        }
    }
}
