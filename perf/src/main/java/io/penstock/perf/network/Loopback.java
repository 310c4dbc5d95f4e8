package io.penstock.perf.network;

import io.penstock.perf.side.FreePorts;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All nodes on the loopback address, which cannot be cut. */
public final class Loopback implements Network {
    private static final String HOST = "127.0.0.1";

    private final Set<Integer> given = new HashSet<>();

    /** A network without places. */
    public Loopback() {}

    @Override
    public Place place() throws IOException {
        return new Place(HOST, port(), HOST, port(), port(), List.of());
    }

    private int port() throws IOException {
        int port = FreePorts.one();
        while (!given.add(port)) {
            port = FreePorts.one();
        }
        return port;
    }

    @Override
    public String here() {
        return HOST;
    }

    @Override
    public void cut(Collection<Place> side) {
        throw new IllegalStateException("the loopback cannot be cut");
    }

    @Override
    public void mute(Place from, Collection<Place> to) {
        throw new IllegalStateException("the loopback cannot be cut");
    }

    @Override
    public void heal() {
        // nothing was cut
    }

    @Override
    public void close() {
        // nothing was made
    }
}
