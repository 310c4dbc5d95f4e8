package io.penstock.perf.compare;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.load.AccessLogBatches;
import io.penstock.perf.load.BatchSize;
import io.penstock.perf.load.LoadCounts;
import io.penstock.perf.load.LoadPlan;
import io.penstock.perf.load.LoadSession;
import io.penstock.perf.side.FreePorts;
import io.penstock.perf.side.GatewaySettings;
import io.penstock.perf.side.GatewaySide;
import io.penstock.perf.side.JvmOptions;
import io.penstock.perf.side.Ledger;
import io.penstock.perf.side.ProcFs;
import io.penstock.perf.wire.Batch;
import io.penstock.perf.wire.Target;
import io.penstock.proto.ingest.v1.AckLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A long saturating load on a small heap: one export delivers, the other's server is down, so its
 * records are parked on disk and, when the budget is spent, the oldest are dropped by its rule.
 */
public final class Soak {
    private static final String BATCH = "64KiB";
    private static final int BATCHES = 4;
    private static final long TICK_MS = 1000;

    private final SoakSettings settings;
    private final LiveLine line;

    /** A soak that shows its progress on a line. */
    public Soak(SoakSettings settings, LiveLine line) {
        this.settings = settings;
        this.line = line;
    }

    /**
     * Runs it.
     *
     * @throws IOException also when the gateway ends under load, as it does when out of memory;
     *     with its last words
     */
    public SoakResult run() throws IOException, InterruptedException {
        settings.cores().pinLoader();
        int deadPort = FreePorts.one();
        try (Room room = Room.make(settings.directory())) {
            Path gcFile = room.path().resolve("gc.log");
            JvmOptions options =
                    settings.options()
                            .with(
                                    List.of(
                                            "-Xms" + settings.heap(),
                                            "-Xmx" + settings.heap(),
                                            GcLog.option(gcFile)));
            try (GatewaySide gateway =
                    GatewaySide.start(gateway(room.path(), deadPort), options, settings.cores())) {
                return load(gateway, gcFile);
            }
        }
    }

    private GatewaySettings gateway(Path directory, int deadPort) {
        return new GatewaySettings(
                directory,
                List.of(
                        "{name: up, repo: load, sink: {type: blackhole}}",
                        "{name: down, repo: load, when_full: drop_oldest, sink: {type: http, format: ndjson,"
                                + " url: 'http://127.0.0.1:"
                                + deadPort
                                + "/'}}"),
                settings.ringMaxBytes());
    }

    private SoakResult load(GatewaySide gateway, Path gcFile)
            throws IOException, InterruptedException {
        BatchSize size = BatchSize.of(BATCH);
        List<Batch> batches = AccessLogBatches.of(size, BATCHES, 1);
        AckLevel ack = AckLevel.ACK_LEVEL_STAGED;
        Target target = new Target("127.0.0.1", gateway.port(), GatewaySettings.REPO, ack);
        LoadPlan plan =
                new LoadPlan(
                        settings.transport(),
                        target,
                        batches,
                        Shapes.of(settings.transport(), size, ack),
                        0);
        try (LoadSession session = new LoadSession(plan, 1)) {
            long start = System.nanoTime();
            watch(gateway, session);
            ProcFs.Memory memory = ProcFs.memory(gateway.handle());
            double seconds = (System.nanoTime() - start) / 1e9;
            LoadCounts counts = session.finish();
            Ledger ledger = gateway.ledger(GatewaySettings.REPO).orElseThrow();
            GcLog gc = GcLog.read(gcFile, settings.beginningSeconds());
            return new SoakResult(seconds, counts, gc, memory, ledger);
        }
    }

    private void watch(GatewaySide gateway, LoadSession session)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + (long) (settings.seconds() * 1e9);
        LoadCounts last = LoadCounts.NONE;
        while (System.nanoTime() - end < 0) {
            Thread.sleep(TICK_MS);
            if (!gateway.child().alive()) {
                throw new IOException("the gateway ended:\n" + gateway.child().lastWords());
            }
            LoadCounts now = session.counts();
            ProcFs.Memory memory = ProcFs.memory(gateway.handle());
            LoadCounts tick = now.since(last);
            line.show(
                    String.format(
                            Locale.ROOT,
                            "soak: %,d MB/s, %,d refused, %,d failed; RSS %,.0f MB, without mapped"
                                    + " files %,.0f MB; %d s left",
                            tick.bytes() / 1_000_000,
                            tick.refused(),
                            tick.failed(),
                            memory.rss(),
                            memory.anonymous(),
                            (end - System.nanoTime()) / 1_000_000_000));
            last = now;
        }
        line.clear();
    }
}
