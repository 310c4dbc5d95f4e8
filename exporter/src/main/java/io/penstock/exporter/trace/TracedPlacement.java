package io.penstock.exporter.trace;

import io.penstock.exporter.pressure.Rate;
import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.SinkPlacement;
import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import java.util.function.Function;

/** Wraps what another one places. Threading: any thread. */
record TracedPlacement(Tracer tracer, SinkPlacement real) implements SinkPlacement {
    @Override
    public Sink place(SinkContext surroundings, Keeping keeps, Function<SinkContext, Sink> sink) {
        return new TracedSink(tracer, real.place(surroundings, keeps, sink));
    }

    @Override
    public Rate rate(ExportName export, RateConfig config, long nowNs) {
        return real.rate(export, config, nowNs);
    }
}
