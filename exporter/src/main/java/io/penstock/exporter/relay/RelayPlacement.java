package io.penstock.exporter.relay;

import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import java.util.function.Function;

/** Sinks that deliver here or by a peer, as the assignments say. Threading: any thread. */
public final class RelayPlacement implements SinkPlacement {
    private final String node;
    private final Holdings holdings;
    private final Peers peers;

    /**
     * Goes by what is held here, and by what peers run.
     *
     * @param node name of this node, by which its sinks differ from those of others
     */
    public RelayPlacement(String node, Holdings holdings, Peers peers) {
        this.node = node;
        this.holdings = holdings;
        this.peers = peers;
    }

    @Override
    public Sink place(SinkContext surroundings, Keeping keeps, Function<SinkContext, Sink> real) {
        RelaySink sink = new RelaySink(surroundings.at(node), real, holdings, peers);
        sink.start(keeps);
        return sink;
    }
}
