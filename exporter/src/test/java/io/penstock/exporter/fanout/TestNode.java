package io.penstock.exporter.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.deadletter.DeadLetterConfig;
import io.penstock.exporter.deadletter.DeadLetterStore;
import io.penstock.exporter.pressure.BackOff;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.pressure.PressureConfig;
import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.relay.SinkPlacement;
import io.penstock.exporter.stage.DiskRings;
import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.RepoDirectories;
import io.penstock.exporter.stage.RingConfig;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.exporter.stage.StagingConfig;
import io.penstock.exporter.stage.SyncConfig;
import io.penstock.exporter.stage.TextOffer;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A whole data plane of one process in a directory: stages, rings, fan-out, scripted sinks. */
final class TestNode implements AutoCloseable {
    static final RepoName WEB = new RepoName("web");

    /** Long enough for a loaded machine; nothing waits so long when all is well. */
    private static final long PATIENCE_MS = 20_000;

    final Vertx vertx = Vertx.vertx();
    final RepoDirectories directories;
    final FanOut fanOut;
    final StageRegistry registry;
    private final Ledger ledger;
    private final DiskRings rings;
    private final Context loop;
    private final Intake intake;
    private boolean closed;

    TestNode(Path root, RingConfig ring, List<Export> exports) {
        this(root, ring, exports, SinkPlacement.HERE);
    }

    TestNode(Path root, RingConfig ring, List<Export> exports, SinkPlacement placement) {
        directories = new RepoDirectories(root.resolve("repos"));
        ledger = new Ledger(directories);
        StagingConfig staging = StagingConfig.defaults();
        rings = new DiskRings(ring, staging);
        fanOut =
                new FanOut(
                        vertx,
                        directories,
                        repo ->
                                exports.stream()
                                        .map(
                                                e ->
                                                        new Export(
                                                                e.spec().forRepo(repo),
                                                                e.sink(),
                                                                e.beginning(),
                                                                e.paused()))
                                        .toList(),
                        Clock.systemUTC(),
                        new Patience(spec -> (attempt, seed) -> 3, 100, 1_000, 20),
                        placement);
        registry =
                new StageRegistry(
                        new StageRegistry.Wiring(
                                vertx,
                                directories,
                                rings,
                                fanOut,
                                repo -> true,
                                System::currentTimeMillis),
                        ring,
                        staging,
                        new SyncConfig(1));
        loop = vertx.getOrCreateContext();
        intake = registry.newIntake(loop);
        await(registry.start());
    }

    static RingConfig smallRing() {
        return new RingConfig(64 << 10, 64 << 10, 1 << 20, 300_000, 16);
    }

    /** An export whose deliveries go at once. */
    static ExportSpec spec(String name, BatchLimits batch, int concurrency) {
        return new ExportSpec(
                name,
                WEB,
                new SinkSpec("scripted", Map.of()),
                List.of(),
                batch,
                concurrency,
                PressureConfig.defaults(),
                RateConfig.none(),
                60_000,
                BackOff.SINK_FAILURE,
                WhenFull.BLOCK,
                DeadLetterConfig.defaults());
    }

    static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "record " + i).toList();
    }

    Future<Object> offer(TextOffer offer) {
        loop.runOnContext(v -> intake.offer(offer));
        return offer.answer();
    }

    Receipt push(AckLevel ack, String... lines) {
        return push(WEB, ack, Arrays.asList(lines));
    }

    Receipt push(RepoName repo, AckLevel ack, List<String> lines) {
        Object answer = await(offer(TextOffer.of(repo, ack, lines)));
        assertThat(answer).isInstanceOf(Receipt.class);
        return (Receipt) answer;
    }

    /** Pushes batches of so many lines each, numbered on, until {@code to}. */
    void pushRange(int from, int to, int batch) {
        List<Future<Object>> answers = new ArrayList<>();
        for (int at = from; at < to; at += batch) {
            answers.add(
                    offer(TextOffer.of(WEB, AckLevel.STAGED, lines(at, Math.min(to, at + batch)))));
        }
        for (Future<Object> answer : answers) {
            assertThat(await(answer)).isInstanceOf(Receipt.class);
        }
    }

    Stage stage() {
        return registry.find(WEB).orElseThrow();
    }

    LedgerRow row(String export) {
        try {
            return ledger.of(stage(), fanOut).stream()
                    .filter(row -> row.export().equals(export))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    ExportStats stats(String export) {
        return fanOut.stats(WEB, export).orElseThrow();
    }

    DeadLetterStore letters(String export) {
        return fanOut.deadLetters(WEB, export).orElseThrow();
    }

    /** Waits until the export has settled everything; the ledger must balance then. */
    LedgerRow settled(String export) {
        until(() -> row(export).staged() + row(export).parked() == 0);
        LedgerRow row = row(export);
        assertThat(row.residue()).as("%s", row).isZero();
        return row;
    }

    static void until(BooleanSupplier condition) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came true in time").isLessThan(endNs);
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("not done in time", e);
        }
    }

    /** Whatever a test did: every record of every repo is accounted for, by the files. */
    private void assertBalanced() {
        try {
            for (RepoName repo : directories.known()) {
                for (LedgerRow row : ledger.ofClosed(repo, rings)) {
                    assertThat(row.residue()).as("%s", row).isZero();
                }
            }
        } catch (IOException e) {
            throw new AssertionError("the ledger cannot be read", e);
        }
    }

    /** Stops without draining, as a stop whose deadline is over; the ledger must balance. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        await(registry.close());
        assertBalanced();
        rings.close();
        await(vertx.close());
    }
}
