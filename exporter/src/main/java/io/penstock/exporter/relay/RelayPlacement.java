package io.penstock.exporter.relay;

import io.penstock.exporter.pressure.Rate;
import io.penstock.exporter.pressure.RateConfig;
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

    @Override
    public Rate rate(ExportName export, RateConfig config, long nowNs) {
        return holdings.rate(export, config, nowNs);
    }
}
