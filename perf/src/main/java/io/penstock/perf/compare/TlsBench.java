package io.penstock.perf.compare;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.load.AccessLogBatches;
import io.penstock.perf.load.BatchSize;
import io.penstock.perf.load.LoadPlan;
import io.penstock.perf.report.SideNumbers;
import io.penstock.perf.side.Certificate;
import io.penstock.perf.side.GatewaySettings;
import io.penstock.perf.side.GatewaySide;
import io.penstock.perf.wire.Target;
import io.penstock.perf.wire.Transport;
import io.penstock.proto.ingest.v1.AckLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Three gateways that differ in the TLS of their data port alone: none, by OpenSSL, by the JDK. All
 * are alive and loaded in turn; each round begins with another one.
 */
public final class TlsBench {
    private static final List<String> KINDS = List.of("none", "openssl", "jdk");
    private static final int BATCHES = 4;
    private static final long BATCH_SEED = 20;

    private final FanoutSettings settings;
    private final Transport transport;
    private final BatchSize size;
    private final Gauge gauge;

    /** A bench that shows its progress on a line. */
    public TlsBench(FanoutSettings settings, Transport transport, BatchSize size, LiveLine line) {
        this.settings = settings;
        this.transport = transport;
        this.size = size;
        this.gauge = new Gauge(line);
    }

    /** One of the gateways, and what was measured of it. */
    private record Contender(String kind, GatewaySide side, List<SideNumbers> rounds) {}

    /** All rounds; none first. */
    public List<TlsRound> run() throws IOException, InterruptedException {
        settings.cores().pinLoader();
        try (Room room = Room.make(settings.directory())) {
            Certificate certificate = Certificate.make(room.path());
            List<Contender> contenders = new ArrayList<>();
            try {
                for (String kind : KINDS) {
                    GatewaySide side = start(room.path(), kind, certificate);
                    contenders.add(new Contender(kind, side, new ArrayList<>()));
                }
                measure(contenders);
            } finally {
                contenders.forEach(each -> each.side().close());
            }
            return contenders.stream()
                    .map(each -> new TlsRound(each.kind(), each.rounds()))
                    .toList();
        }
    }

    private GatewaySide start(Path room, String kind, Certificate certificate)
            throws IOException, InterruptedException {
        Path directory = Files.createDirectory(room.resolve(kind));
        String export =
                "{name: none, repo: %s, sink: {type: blackhole}}".formatted(GatewaySettings.REPO);
        GatewaySettings plain = new GatewaySettings(directory, List.of(export), "1GiB");
        return GatewaySide.start(
                kind.equals("none") ? plain : plain.withTls(certificate.yaml(kind)),
                settings.options(),
                settings.cores());
    }

    private void measure(List<Contender> contenders) throws IOException, InterruptedException {
        double warmupS = settings.warmupSeconds();
        for (Contender each : warmupS > 0 ? contenders : List.<Contender>of()) {
            gauge.measure(each.side(), plan(each), 0, warmupS, each.kind() + " warm-up");
        }
        List<Contender> order = new ArrayList<>(contenders);
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Contender each : order) {
                String label = each.kind() + " round " + round;
                each.rounds()
                        .add(
                                gauge.measure(each.side(), plan(each), 0, settings.seconds(), label)
                                        .window()
                                        .numbers());
            }
            Collections.rotate(order, 1);
        }
    }

    private LoadPlan plan(Contender contender) throws IOException {
        AckLevel ack = AckLevel.ACK_LEVEL_STAGED;
        boolean tls = !contender.kind().equals("none");
        return new LoadPlan(
                transport,
                new Target("127.0.0.1", contender.side().port(), GatewaySettings.REPO, ack, tls),
                AccessLogBatches.of(size, BATCHES, BATCH_SEED),
                Shapes.of(transport, size, ack),
                0);
    }
}
