package io.penstock.gateway.demo;

import io.penstock.client.ClientCounts;
import io.penstock.exporter.fanout.ExportStats;
import io.penstock.gateway.boot.Gateway;
import io.penstock.gateway.metrics.LatencyReservoir;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.LiveLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws what flows, in a line for 80 columns. Threading: confined to one thread. */
final class Screen {
    /** What is shown is that of the last two seconds. */
    private static final int SAMPLES = 8;

    private final Gateway gateway;
    private final ClientCounts pushed;
    private final LatencyReservoir latencies;
    private final LiveLine line;
    private final long beganNs = System.nanoTime();
    private final Deque<Sample> samples = new ArrayDeque<>();

    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    private record Sample(long ns, long records, long[] answers) {}

    Screen(Gateway gateway, ClientCounts pushed, LatencyReservoir latencies, LiveLine line) {
        this.gateway = gateway;
        this.pushed = pushed;
        this.latencies = latencies;
        this.line = line;
    }

    void draw() {
        Sample now = new Sample(System.nanoTime(), pushed.records(), latencies.counts());
        samples.add(now);
        Sample before = samples.size() > SAMPLES ? samples.remove() : samples.peek();
        double seconds = Math.max(1e-3, (now.ns() - before.ns()) / 1e9);
        line.show(
                String.format(
                        Locale.ROOT,
                        "%4d s %7s rec/s  staged %8s  lag %s  p99 %s",
                        (now.ns() - beganNs) / 1_000_000_000,
                        Amounts.count(Math.round((now.records() - before.records()) / seconds)),
                        Amounts.bytes(gateway.stages().stagedBytesUsed()),
                        lags(),
                        p99(before, now)));
    }

    private String lags() {
        List<ExportStats> exports = gateway.fanOut().stats();
        return exports.stream()
                .sorted((a, b) -> a.export().compareTo(b.export()))
                .map(e -> e.export() + " " + Amounts.seconds(e.oldestAgeMs() / 1e3))
                .collect(Collectors.joining(", "));
    }

    private static String p99(Sample before, Sample now) {
        long ns = LatencyReservoir.quantileNs(0.99, before.answers(), now.answers());
        return ns < 0 ? "-" : Amounts.seconds(ns / 1e9);
    }

    void clear() {
        line.clear();
    }
}
