package io.penstock.perf.compare;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.load.AccessLogBatches;
import io.penstock.perf.load.BatchSize;
import io.penstock.perf.load.LoadPlan;
import io.penstock.perf.report.CpuUse;
import io.penstock.perf.side.BrokerSide;
import io.penstock.perf.side.GatewaySettings;
import io.penstock.perf.side.GatewaySide;
import io.penstock.perf.side.HttpDrain;
import io.penstock.perf.side.Ledger;
import io.penstock.perf.wire.Target;
import io.penstock.perf.wire.Transport;
import io.penstock.proto.ingest.v1.AckLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One repo with one export (blackhole), with each other export alone, and with all at once. What an
 * export costs by itself is what its case costs more than the blackhole's; what is left of the cost
 * of all at once, when those are taken off, is what ingest costs among them.
 */
public final class FanoutBench {
    private static final int BATCHES = 4;
    private static final long DRAIN_WITHIN_MS = 300_000;
    private static final long PUBLISH_WITHIN_MS = 60_000;
    private static final long POLL_MS = 200;

    /** What the broker keeps is of no use to anybody. */
    private static final Map<String, String> SHORT_MEMORY =
            Map.of(
                    "num.partitions", "1",
                    "log.segment.bytes", "67108864",
                    "log.retention.bytes", "268435456",
                    "log.retention.check.interval.ms", "2000",
                    "log.segment.delete.delay.ms", "1000");

    private static final BatchSize SIZE = BatchSize.of("64KiB");

    private final FanoutSettings settings;
    private final Gauge gauge;

    /** A bench that shows its progress on a line. */
    public FanoutBench(FanoutSettings settings, LiveLine line) {
        this.settings = settings;
        this.gauge = new Gauge(line);
    }

    /** The case of the blackhole, those of each other export alone, and that of all. */
    public List<FanoutCase> run() throws IOException, InterruptedException {
        settings.cores().pinLoader();
        List<FanoutCase> cases = new ArrayList<>();
        try (Room room = Room.make(settings.directory());
                HttpDrain drain = HttpDrain.start();
                BrokerSide broker =
                        BrokerSide.start(
                                room.path().resolve("kafka"),
                                settings.cores().swapped(),
                                SHORT_MEMORY)) {
            Map<String, String> sinks = sinks(room.path(), drain.port(), broker.servers());
            for (Map.Entry<String, String> each : sinks.entrySet()) {
                cases.add(run(each.getKey(), room.path(), Map.of(each.getKey(), each.getValue())));
            }
            cases.add(run("all at once", room.path(), sinks));
        }
        return cases;
    }

    private static Map<String, String> sinks(Path room, int httpPort, String kafka) {
        Map<String, String> sinks = new LinkedHashMap<>();
        sinks.put("blackhole", "{type: blackhole}");
        sinks.put("file", "{type: file, directory: '" + room.resolve("files") + "'}");
        sinks.put("http", "{type: http, url: 'http://127.0.0.1:%d/'}".formatted(httpPort));
        sinks.put("kafka", "{type: kafka, cluster: '%s', topic: fanout}".formatted(kafka));
        sinks.put(
                "parquet",
                "{type: object, target: 'file://%s', target_bytes: 64MiB, max_age_ms: 2s}"
                        .formatted(room.resolve("lake")));
        sinks.put(
                "influxdb",
                "{type: influxdb, url: 'http://127.0.0.1:%d', database: bench, tags: [method]}"
                        .formatted(httpPort));
        return sinks;
    }

    private FanoutCase run(String name, Path room, Map<String, String> sinks)
            throws IOException, InterruptedException {
        List<String> exports = new ArrayList<>();
        sinks.forEach(
                (export, sink) ->
                        exports.add(
                                "{name: %s, repo: %s, sink: %s}"
                                        .formatted(export, GatewaySettings.REPO, sink)));
        Path directory = room.resolve("gateway-" + name.replace(' ', '-'));
        try (Sweeper sweeper = Sweeper.start(room);
                GatewaySide gateway =
                        GatewaySide.start(
                                new GatewaySettings(directory, exports, "1GiB"),
                                settings.options(),
                                settings.cores())) {
            FanoutCase done = rounds(name, gateway);
            sweeper.check();
            return done;
        }
    }

    static LoadPlan plan(GatewaySide gateway, String repo, double ratePerS) throws IOException {
        AckLevel ack = AckLevel.ACK_LEVEL_STAGED;
        return new LoadPlan(
                Transport.GRPC,
                new Target("127.0.0.1", gateway.port(), repo, ack),
                AccessLogBatches.of(SIZE, BATCHES, 1),
                Shapes.of(Transport.GRPC, SIZE, ack),
                ratePerS);
    }

    private FanoutCase rounds(String name, GatewaySide gateway)
            throws IOException, InterruptedException {
        LoadPlan plan = plan(gateway, GatewaySettings.REPO, 0);
        if (settings.warmupSeconds() > 0) {
            gauge.measure(gateway, plan, 0, settings.warmupSeconds(), name + " warm-up");
            settle(gateway);
        }
        long before = gateway.ledger(GatewaySettings.REPO).orElseThrow().accepted();
        CpuUse cpu = CpuUse.now(gateway.handle());
        double perS = 0;
        double longestS = 0;
        Map<String, Long> lags = new TreeMap<>();
        for (int i = 1; i <= settings.rounds(); i++) {
            try (LagWatch watch = LagWatch.start(gateway)) {
                String label = name + " round " + i;
                Gauge.Measured load = gauge.measure(gateway, plan, 0, settings.seconds(), label);
                perS += load.window().counts().records() / load.window().seconds();
                long end = System.nanoTime();
                settle(gateway);
                longestS = Math.max(longestS, (System.nanoTime() - end) / 1e9);
                watch.most().forEach((export, bytes) -> lags.merge(export, bytes, Math::max));
            }
        }
        double used = CpuUse.now(gateway.handle()).since(cpu).server();
        Ledger after = gateway.ledger(GatewaySettings.REPO).orElseThrow();
        if (after.waiting() > 0 || after.lost() > 0 || after.residue() != 0) {
            throw new IOException(name + ": not all was delivered: " + after);
        }
        long records = after.accepted() - before;
        return new FanoutCase(name, records, perS / settings.rounds(), used, longestS, lags);
    }

    /** Until everything is delivered, and objects are published. */
    private static void settle(GatewaySide gateway) throws IOException, InterruptedException {
        gateway.drain(DRAIN_WITHIN_MS);
        long deadline = System.nanoTime() + PUBLISH_WITHIN_MS * 1_000_000;
        while (gateway.metric("penstock_object_staged_bytes") > 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("objects are not published in time");
            }
            Thread.sleep(POLL_MS);
        }
    }
}
