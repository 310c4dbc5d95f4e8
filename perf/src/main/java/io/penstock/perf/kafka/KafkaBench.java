package io.penstock.perf.kafka;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.kafka.KafkaSettings.Question;
import io.penstock.perf.report.CpuUse;
import io.penstock.perf.side.BrokerSide;
import io.penstock.perf.side.GatewaySettings;
import io.penstock.perf.side.GatewaySide;
import io.penstock.perf.side.Ledger;
import io.penstock.perf.side.ProcFs;
import io.penstock.perf.wire.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Has a gateway and its peer do the same work, in turn, round by round; the one that goes second
 * goes first in the next round. Each round has processes and a target topic of its own.
 */
public final class KafkaBench {
    /** Name of our side in rounds. */
    public static final String OURS = "gateway";

    /** Length of the records that are copied. */
    private static final int COPIED_BYTES = 1024;

    private static final long FIRST_WITHIN_MS = 60_000;
    private static final long ALL_WITHIN_MS = 600_000;
    private static final long POLL_MS = 50;

    private final KafkaSettings settings;
    private final LiveLine line;

    /** A bench that shows its progress on a line. */
    public KafkaBench(KafkaSettings settings, LiveLine line) {
        this.settings = settings;
        this.line = line;
    }

    /** Starts somebody who writes to a topic. */
    private interface Start {
        Writer to(String topic) throws IOException, InterruptedException;
    }

    /**
     * One side of a question.
     *
     * @param bounded whether it has as many records as the settings say, and not as many as it
     *     likes
     */
    private record Side(String name, boolean bounded, Start start) {}

    /** Everything that a run has open. */
    private record Place(
            Path room, BrokerSide broker, Topics topics, Gateways gateways, PlainClients plain) {}

    /** Whether this machine has what the bench needs. */
    public static boolean isPossible() {
        return BrokerSide.isHere();
    }

    /** All windows of all questions. */
    public List<KafkaRound> run() throws IOException, InterruptedException {
        Files.createDirectories(settings.directory());
        Path room =
                Files.createTempDirectory(settings.directory().toAbsolutePath(), "kafka-bench-");
        try (BrokerSide broker =
                        BrokerSide.start(
                                room.resolve("broker"),
                                settings.cores().swapped(),
                                Map.of("auto.create.topics.enable", "false"));
                Topics topics = new Topics(broker.servers())) {
            topics.awaitAnswer();
            Place place =
                    new Place(
                            room,
                            broker,
                            topics,
                            new Gateways(settings, broker.servers()),
                            new PlainClients(settings, broker.servers(), room));
            List<KafkaRound> rounds = new ArrayList<>();
            for (Question question : Question.values()) {
                if (settings.questions().contains(question)) {
                    rounds.addAll(ask(question, place));
                }
            }
            return rounds;
        } finally {
            line.clear();
            remove(room);
        }
    }

    private List<KafkaRound> ask(Question question, Place place)
            throws IOException, InterruptedException {
        return switch (question) {
            case SINK -> sink(question, place, Payloads.lines(), Gateways.LINE);
            case JSON -> sink(question, place, Payloads.records(), Gateways.JSON);
            case COPY -> copy(place);
            case PARQUET -> parquet(place);
        };
    }

    private List<KafkaRound> sink(
            Question question, Place place, List<Batch> batches, String format)
            throws IOException, InterruptedException {
        Path payloads = Payloads.asSent(place.room().resolve("sent.ndjson"));
        Side ours =
                new Side(
                        OURS,
                        true,
                        topic -> {
                            Path data = place.room().resolve(topic);
                            place.gateways().fill(data, batches);
                            return Writer.of(place.gateways().drain(data, topic, format));
                        });
        Side peer =
                new Side(
                        "ProducerPerformance",
                        false,
                        topic -> place.plain().performance(topic, payloads));
        return inTurn(question, place, ours, peer);
    }

    private List<KafkaRound> copy(Place place) throws IOException, InterruptedException {
        Path payloads = Payloads.padded(place.room().resolve("copied.ndjson"), COPIED_BYTES);
        String from = "copied";
        fill(place, from, payloads);
        Side ours =
                new Side(
                        OURS,
                        true,
                        to ->
                                Writer.of(
                                        place.gateways()
                                                .copy(place.room().resolve(to), from, to, to)));
        Side peer = new Side("poll and send", true, to -> place.plain().loop(from, to, to));
        List<KafkaRound> rounds = inTurn(Question.COPY, place, ours, peer);
        place.topics().delete(from);
        return rounds;
    }

    private void fill(Place place, String topic, Path payloads)
            throws IOException, InterruptedException {
        line.show("filling a topic with " + settings.records() + " records");
        place.topics().create(topic);
        place.plain().fill(topic, payloads, settings.records());
    }

    private List<KafkaRound> inTurn(Question question, Place place, Side ours, Side peer)
            throws IOException, InterruptedException {
        List<KafkaRound> rounds = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            List<Side> order = round % 2 == 0 ? List.of(ours, peer) : List.of(peer, ours);
            for (Side side : order) {
                line.show(question + " round " + (round + 1) + ": " + side.name());
                String topic =
                        (question + "-" + round + "-" + order.indexOf(side))
                                .toLowerCase(Locale.ROOT);
                place.topics().create(topic);
                rounds.add(window(question, place, side, topic));
                place.topics().delete(topic);
                remove(place.room().resolve(topic));
            }
        }
        return rounds;
    }

    private KafkaRound window(Question question, Place place, Side side, String topic)
            throws IOException, InterruptedException {
        try (Writer writer = side.start().to(topic)) {
            long endNs = System.nanoTime() + FIRST_WITHIN_MS * 1_000_000;
            while (place.topics().written(topic) == 0) {
                if (System.nanoTime() > endNs || !writer.handle().isAlive()) {
                    throw new IOException(side.name() + " writes nothing; see " + place.room());
                }
                Thread.sleep(POLL_MS);
            }
            Thread.sleep((long) (settings.warmupSeconds() * 1e3));
            Clock clock = new Clock(place, writer.handle());
            long before = place.topics().written(topic);
            Thread.sleep((long) (settings.seconds() * 1e3));
            long after = place.topics().written(topic);
            long records = after - before;
            if (side.bounded() && after >= settings.records()) {
                throw new IOException(
                        side.name()
                                + " ran out of records before the window's end: more --records");
            }
            return clock.round(question, side.name(), records);
        }
    }

    /** What was used since it was made. */
    private static final class Clock {
        private final Place place;
        private final ProcessHandle writer;
        private final CpuUse cpu;
        private final double broker;
        private final long startNs = System.nanoTime();

        Clock(Place place, ProcessHandle writer) throws IOException {
            this.place = place;
            this.writer = writer;
            cpu = CpuUse.now(writer);
            broker = ProcFs.cpuSeconds(place.broker().handle());
        }

        KafkaRound round(Question question, String side, long records) throws IOException {
            double seconds = (System.nanoTime() - startNs) / 1e9;
            CpuUse used = CpuUse.now(writer).since(cpu);
            double brokers = ProcFs.cpuSeconds(place.broker().handle()) - broker;
            return new KafkaRound(
                    question,
                    side,
                    records,
                    seconds,
                    used.server(),
                    brokers,
                    Math.max(0, used.others() - brokers));
        }
    }

    private List<KafkaRound> parquet(Place place) throws IOException, InterruptedException {
        String from = "rows";
        fill(place, from, Payloads.asSent(place.room().resolve("rows.ndjson")));
        List<KafkaRound> rounds = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            line.show("PARQUET round " + (round + 1));
            Path data = place.room().resolve("parquet-" + round);
            rounds.add(toFiles(place, data, from, "parquet-" + round));
            long rows = ParquetRows.in(data.resolve(Gateways.OBJECTS));
            if (rows != settings.records()) {
                throw new IOException(rows + " rows in the files, not " + settings.records());
            }
            remove(data);
        }
        return rounds;
    }

    /**
     * From the end of the warm-up until the gateway has stopped, which publishes what it has. What
     * the publishing costs at the end is in the time, and not in the CPU.
     */
    private KafkaRound toFiles(Place place, Path data, String from, String group)
            throws IOException, InterruptedException {
        KafkaRound delivered;
        long startNs;
        try (GatewaySide gateway = place.gateways().parquet(data, from, group)) {
            Thread.sleep((long) (settings.warmupSeconds() * 1e3));
            Clock clock = new Clock(place, gateway.handle());
            startNs = System.nanoTime();
            long before = delivered(gateway);
            awaitAll(gateway, data);
            delivered = clock.round(Question.PARQUET, OURS, settings.records() - before);
        }
        return delivered.lasting((System.nanoTime() - startNs) / 1e9);
    }

    private void awaitAll(GatewaySide gateway, Path data) throws IOException, InterruptedException {
        long endNs = System.nanoTime() + ALL_WITHIN_MS * 1_000_000;
        while (delivered(gateway) < settings.records()) {
            if (System.nanoTime() > endNs) {
                throw new IOException("not all rows arrive; see " + data);
            }
            Thread.sleep(POLL_MS);
        }
    }

    private static long delivered(GatewaySide gateway) throws IOException, InterruptedException {
        return gateway.ledger(GatewaySettings.REPO).map(Ledger::delivered).orElse(0L);
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
