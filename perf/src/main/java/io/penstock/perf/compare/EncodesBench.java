package io.penstock.perf.compare;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.load.LoadPlan;
import io.penstock.perf.report.Window;
import io.penstock.perf.side.GatewaySettings;
import io.penstock.perf.side.GatewaySide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast a repo takes batches in while eight exports of another have a Parquet file each to
 * encode, against the same without. The eight are filled first, and begin all at once, by age.
 */
public final class EncodesBench {
    private static final int ENCODES = 8;
    private static final String LAKE = "lake";
    private static final double FILL_REQUESTS_PER_S = 400;
    private static final long DRAIN_WITHIN_MS = 120_000;
    private static final long START_WITHIN_MS = 120_000;
    private static final long POLL_MS = 50;

    private final FanoutSettings settings;
    private final double fillSeconds;
    private final double maxAgeSeconds;
    private final Gauge gauge;
    private final LiveLine line;

    /**
     * A bench that shows its progress on a line.
     *
     * @param fillSeconds how long the eight are filled
     * @param maxAgeSeconds age at which they begin; longer than filling takes
     */
    public EncodesBench(
            FanoutSettings settings, double fillSeconds, double maxAgeSeconds, LiveLine line) {
        this.settings = settings;
        this.fillSeconds = fillSeconds;
        this.maxAgeSeconds = maxAgeSeconds;
        this.gauge = new Gauge(line);
        this.line = line;
    }

    /** All rounds, in one gateway. */
    public List<EncodesRound> run() throws IOException, InterruptedException {
        settings.cores().pinLoader();
        List<EncodesRound> rounds = new ArrayList<>();
        try (Room room = Room.make(settings.directory());
                GatewaySide gateway =
                        GatewaySide.start(
                                new GatewaySettings(
                                        room.path().resolve("gateway"),
                                        exports(room.path().resolve("objects")),
                                        "1GiB"),
                                settings.options(),
                                settings.cores())) {
            LoadPlan plan = FanoutBench.plan(gateway, GatewaySettings.REPO, 0);
            if (settings.warmupSeconds() > 0) {
                gauge.measure(gateway, plan, 0, settings.warmupSeconds(), "warm-up");
            }
            for (int i = 1; i <= settings.rounds(); i++) {
                rounds.add(round(gateway, plan, i));
            }
        }
        return rounds;
    }

    private List<String> exports(Path objects) {
        List<String> exports = new ArrayList<>();
        exports.add(
                "{name: none, repo: %s, sink: {type: blackhole}}".formatted(GatewaySettings.REPO));
        for (int i = 0; i < ENCODES; i++) {
            exports.add(
                    "{name: parquet-%d, repo: %s, sink: {type: object, target: 'file://%s', max_age_ms: %ds}}"
                            .formatted(i, LAKE, objects, (long) maxAgeSeconds));
        }
        return exports;
    }

    private EncodesRound round(GatewaySide gateway, LoadPlan plan, int number)
            throws IOException, InterruptedException {
        String label = "round " + number;
        double alone = perS(gateway, plan, label + " without encodes");
        LoadPlan fill = FanoutBench.plan(gateway, LAKE, FILL_REQUESTS_PER_S);
        gauge.measure(gateway, fill, 0, fillSeconds, label + " filling");
        gateway.drain(DRAIN_WITHIN_MS);
        awaitEncodes(gateway, label);
        int before = encodes(gateway);
        double among = perS(gateway, plan, label + " with encodes");
        int after = encodes(gateway);
        while (encodes(gateway) > 0) {
            Thread.sleep(POLL_MS);
        }
        return new EncodesRound(alone, among, before, after);
    }

    private double perS(GatewaySide gateway, LoadPlan plan, String label)
            throws IOException, InterruptedException {
        Window window = gauge.measure(gateway, plan, 0, settings.seconds(), label).window();
        return window.counts().records() / window.seconds();
    }

    private void awaitEncodes(GatewaySide gateway, String label)
            throws IOException, InterruptedException {
        line.show(label + ": waiting for the encodes to begin");
        long deadline = System.nanoTime() + START_WITHIN_MS * 1_000_000;
        while (encodes(gateway) < ENCODES) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the encodes do not begin: " + encodes(gateway));
            }
            Thread.sleep(POLL_MS);
        }
    }

    private static int encodes(GatewaySide gateway) throws IOException, InterruptedException {
        return (int) gateway.metric("penstock_object_sealed_windows");
    }
}
