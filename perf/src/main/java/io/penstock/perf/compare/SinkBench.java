package io.penstock.perf.compare;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.load.AccessLogBatches;
import io.penstock.perf.load.BatchSize;
import io.penstock.perf.load.LoadPlan;
import io.penstock.perf.report.CpuUse;
import io.penstock.perf.side.GatewaySettings;
import io.penstock.perf.side.GatewaySide;
import io.penstock.perf.side.HttpDrain;
import io.penstock.perf.side.Ledger;
import io.penstock.perf.side.SinkKind;
import io.penstock.perf.wire.Batch;
import io.penstock.perf.wire.Target;
import io.penstock.proto.ingest.v1.AckLevel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Records per CPU second of the whole gateway, from the wire to the target, for sinks that decode
 * every record. A round ends when everything accepted is delivered, so that nothing is left to be
 * paid for later.
 */
public final class SinkBench {
    private static final int BATCHES = 4;
    private static final long DRAIN_WITHIN_MS = 300_000;

    private final SinkSettings settings;
    private final Gauge gauge;

    /** A bench that shows its progress on a line. */
    public SinkBench(SinkSettings settings, LiveLine line) {
        this.settings = settings;
        this.gauge = new Gauge(line);
    }

    /** All rounds of all sinks. */
    public List<SinkRound> run() throws IOException, InterruptedException {
        settings.cores().pinLoader();
        List<SinkRound> rounds = new ArrayList<>();
        for (SinkKind sink : settings.sinks()) {
            try (Room room = Room.make(settings.directory());
                    HttpDrain drain = HttpDrain.start();
                    Sweeper sweeper = Sweeper.start(room.path());
                    GatewaySide gateway =
                            GatewaySide.start(
                                    GatewaySettings.oneSink(room.path(), sink, drain.port()),
                                    settings.options(),
                                    settings.cores())) {
                rounds.addAll(rounds(sink, gateway));
                sweeper.check();
            }
        }
        return rounds;
    }

    private List<SinkRound> rounds(SinkKind sink, GatewaySide gateway)
            throws IOException, InterruptedException {
        BatchSize size = BatchSize.of("64KiB");
        List<Batch> batches = AccessLogBatches.of(settings.transport(), size, BATCHES, 1);
        AckLevel ack = AckLevel.ACK_LEVEL_STAGED;
        Target target = new Target("127.0.0.1", gateway.port(), GatewaySettings.REPO, ack);
        LoadPlan plan =
                new LoadPlan(
                        settings.transport(),
                        target,
                        batches,
                        Shapes.of(settings.transport(), size, ack),
                        settings.ratePerS());
        if (settings.warmupSeconds() > 0) {
            gauge.measure(gateway, plan, 0, settings.warmupSeconds(), sink.word() + " warm-up");
            gateway.drain(DRAIN_WITHIN_MS);
        }
        List<SinkRound> rounds = new ArrayList<>();
        for (int i = 1; i <= settings.rounds(); i++) {
            rounds.add(round(sink, gateway, plan, i));
        }
        return rounds;
    }

    private SinkRound round(SinkKind sink, GatewaySide gateway, LoadPlan plan, int number)
            throws IOException, InterruptedException {
        long delivered = gateway.ledger(GatewaySettings.REPO).orElseThrow().delivered();
        CpuUse cpu = CpuUse.now(gateway.handle());
        long start = System.nanoTime();
        gauge.measure(gateway, plan, 0, settings.seconds(), sink.word() + " round " + number);
        gateway.drain(DRAIN_WITHIN_MS);
        double seconds = (System.nanoTime() - start) / 1e9;
        CpuUse used = CpuUse.now(gateway.handle()).since(cpu);
        Ledger after = gateway.ledger(GatewaySettings.REPO).orElseThrow();
        if (after.waiting() > 0 || after.lost() > 0 || after.residue() != 0) {
            throw new IOException(sink.word() + ": not all was delivered: " + after);
        }
        long records = after.delivered() - delivered;
        return new SinkRound(sink.word(), records, used.server(), seconds, used.others() / seconds);
    }
}
