package io.penstock.gateway.client;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The servers that a pusher may push to: the one that it was given, and owners that answers named.
 * Each has a client, which stays open as long as something may have to be asked of it again.
 *
 * <p>Threading: any thread.
 */
public final class PushWays {
    /** Owners that were moved to; after so many different ones nothing is followed any more. */
    private static final int MAX_OWNERS = 32;

    private final PushClient home;
    private final Function<SocketAddress, PushClient> clients;
    private final Map<String, PushClient> owners = new LinkedHashMap<>();

    /**
     * Ways that begin with one.
     *
     * @param home the server of the configuration
     * @param clients makes a client of another
     */
    public PushWays(PushClient home, Function<SocketAddress, PushClient> clients) {
        this.home = home;
        this.clients = clients;
    }

    /** A client of the server of the configuration. */
    public PushClient home() {
        return home;
    }

    /** A client of an owner; null for an address that is none, or one too many. */
    synchronized @Nullable PushClient owner(String address) {
        PushClient known = owners.get(address);
        int colon = address.lastIndexOf(':');
        if (known != null || colon < 1 || owners.size() >= MAX_OWNERS) {
            return known;
        }
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            PushClient made =
                    clients.apply(
                            SocketAddress.inetSocketAddress(port, address.substring(0, colon)));
            owners.put(address, made);
            return made;
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    /** Closes all connections. */
    public synchronized Future<Void> close() {
        List<Future<Void>> closed = new ArrayList<>();
        closed.add(home.close());
        owners.values().forEach(owner -> closed.add(owner.close()));
        return Future.join(closed).mapEmpty();
    }
}
