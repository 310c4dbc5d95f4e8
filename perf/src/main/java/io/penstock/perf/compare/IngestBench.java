package io.penstock.perf.compare;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.load.AccessLogBatches;
import io.penstock.perf.load.LoadPlan;
import io.penstock.perf.report.RunCase;
import io.penstock.perf.report.RunResult;
import io.penstock.perf.report.SideNumbers;
import io.penstock.perf.side.FloorSide;
import io.penstock.perf.side.GatewaySettings;
import io.penstock.perf.side.GatewaySide;
import io.penstock.perf.side.HttpDrain;
import io.penstock.perf.side.Ledger;
import io.penstock.perf.side.Side;
import io.penstock.perf.side.SinkKind;
import io.penstock.perf.wire.Batch;
import io.penstock.perf.wire.Shape;
import io.penstock.perf.wire.Target;
import io.penstock.proto.ingest.v1.AckLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Gateway against floor. Each case has a pair of fresh processes; they are warmed up, then measured
 * in turn, the first of a round being the second of the next; then the ledger is compared with what
 * was acknowledged.
 */
public final class IngestBench {
    /** Different batches, so that no compressor or cache sees one thing for ever. */
    private static final int BATCHES = 4;

    private static final long BATCH_SEED = 20;
    private static final long DRAIN_WITHIN_MS = 60_000;

    private final IngestSettings settings;
    private final LiveLine line;
    private final Gauge gauge;
    private final List<RunResult> results = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** A bench that shows its progress on a line. */
    public IngestBench(IngestSettings settings, LiveLine line) {
        this.settings = settings;
        this.line = line;
        this.gauge = new Gauge(line);
    }

    /**
     * Runs all cases. One that fails does not keep the others from running.
     *
     * @param after told of all results and failures after each case
     */
    public void run(BiConsumer<List<RunResult>, List<String>> after)
            throws IOException, InterruptedException {
        settings.cores().pinLoader();
        int number = 0;
        for (RunCase what : settings.cases()) {
            String label = ++number + "/" + settings.cases().size() + " " + what.label();
            try (Room room = Room.make(settings.directory())) {
                results.add(compare(what, label, room.path()));
            } catch (IOException e) {
                failures.add(what.label() + ": " + e.getMessage());
                line.note("FAILED " + what.label() + ": " + e.getMessage());
            }
            after.accept(List.copyOf(results), List.copyOf(failures));
        }
        line.clear();
    }

    private RunResult compare(RunCase what, String label, Path room)
            throws IOException, InterruptedException {
        try (HttpDrain drain = HttpDrain.start();
                Sweeper sweeper = Sweeper.start(room);
                Side floor = FloorSide.start(settings.options(), settings.cores(), room);
                Side gateway = gateway(SinkKind.of(what.sink()), room, drain.port())) {
            RunResult result = new Rounds(what, label, gateway, floor).run();
            sweeper.check();
            return result;
        }
    }

    private Side gateway(SinkKind sink, Path room, int httpPort)
            throws IOException, InterruptedException {
        if (settings.selfCheck()) {
            Path apart = Files.createDirectory(room.resolve("self"));
            return FloorSide.start(settings.options(), settings.cores(), apart);
        }
        GatewaySettings oneSink = GatewaySettings.oneSink(room, sink, httpPort);
        return GatewaySide.start(oneSink, settings.options(), settings.cores());
    }

    /** The rounds of one case. */
    private final class Rounds {
        private final RunCase what;
        private final String label;
        private final Side gateway;
        private final Side floor;
        private final List<Batch> batches;
        private final AckLevel ack;
        private final Shape shape;
        private final List<SideNumbers> gatewayRounds = new ArrayList<>();
        private final List<SideNumbers> floorRounds = new ArrayList<>();
        private long acknowledged;
        private long unanswered;

        Rounds(RunCase what, String label, Side gateway, Side floor) {
            this.what = what;
            this.label = label;
            this.gateway = gateway;
            this.floor = floor;
            this.batches = AccessLogBatches.of(what.transport(), what.batch(), BATCHES, BATCH_SEED);
            this.ack = Target.ackOf(what.ack());
            this.shape =
                    settings.shape() == null
                            ? Shapes.of(what.transport(), what.batch(), ack)
                            : settings.shape();
        }

        RunResult run() throws IOException, InterruptedException {
            for (Side side :
                    settings.warmupSeconds() > 0 ? List.of(floor, gateway) : List.<Side>of()) {
                measure(side, 0, settings.warmupSeconds(), label + " warm-up");
            }
            for (int round = 1; round <= settings.rounds(); round++) {
                String at = label + " round " + round + "/" + settings.rounds();
                boolean floorFirst = round % 2 == 1;
                if (floorFirst) {
                    floorRounds.add(round(floor, at));
                }
                gatewayRounds.add(round(gateway, at));
                if (!floorFirst) {
                    floorRounds.add(round(floor, at));
                }
            }
            check();
            return new RunResult(what, gatewayRounds, floorRounds);
        }

        private SideNumbers round(Side side, String at) throws IOException, InterruptedException {
            return measure(side, settings.settleSeconds(), settings.seconds(), at);
        }

        private SideNumbers measure(Side side, double settleS, double seconds, String at)
                throws IOException, InterruptedException {
            Target target = new Target("127.0.0.1", side.port(), GatewaySettings.REPO, ack);
            LoadPlan plan =
                    new LoadPlan(what.transport(), target, batches, shape, settings.ratePerS());
            Gauge.Measured measured = gauge.measure(side, plan, settleS, seconds, at);
            side.drain(DRAIN_WITHIN_MS);
            if (side == gateway) {
                acknowledged += measured.all().records();
                unanswered += (long) plan.exchanges() * batches.get(0).records();
            }
            return measured.window().numbers();
        }

        /** What was acknowledged must be accepted; at most what had no answer comes on top. */
        private void check() throws IOException, InterruptedException {
            Optional<Ledger> ledger = gateway.ledger(GatewaySettings.REPO);
            if (ledger.isEmpty()) {
                return;
            }
            long more = ledger.get().accepted() - acknowledged;
            if (more < 0 || more > unanswered || ledger.get().residue() != 0) {
                String told = acknowledged + " acknowledged, " + ledger.get();
                throw new IOException("the ledger does not balance: " + told);
            }
        }
    }
}
