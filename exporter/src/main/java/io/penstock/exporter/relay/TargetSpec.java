package io.penstock.exporter.relay;

import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import java.util.function.Function;

/**
 * What must be known of an export to deliver for others.
 *
 * <p>Threading: immutable.
 *
 * @param capabilities of its sink
 * @param keeps what its sink keeps
 * @param concurrency most deliveries with the sink at once
 * @param rate most that its target is offered per second
 * @param timeoutMs last resort against a sink that never answers
 * @param sink makes it
 */
public record TargetSpec(
        Capabilities capabilities,
        Keeping keeps,
        int concurrency,
        RateConfig rate,
        long timeoutMs,
        Function<SinkContext, Sink> sink) {}
