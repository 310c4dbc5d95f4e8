package io.penstock.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.ring.RingCursor;
import io.penstock.exporter.ring.RingEnvironment;
import io.penstock.exporter.ring.Take;
import io.penstock.exporter.storage.DiskBudget;
import io.penstock.exporter.storage.FaultStorage;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry over real rings, with a downstream that only holds a cursor. */
abstract class StageKit {
    static final RepoName WEB = new RepoName("web");
    static final RingConfig SMALL = new RingConfig(64 << 10, 64 << 10, 256 << 10, 300_000, 16);

    @TempDir Path root = Path.of("");
    final Vertx vertx = Vertx.vertx();
    final Context loop = vertx.getOrCreateContext();
    final AtomicLong aheadMs = new AtomicLong();
    final CursorHolder downstream = new CursorHolder();
    final FaultStorage storage = new FaultStorage();
    volatile boolean opensFail;
    private @Nullable StageRegistry registry;
    @Nullable DiskRings rings;
    @Nullable Intake intake;

    /** Downstream that only holds a cursor. */
    static final class CursorHolder implements StageListener {
        final List<String> overBudget = new ArrayList<>();
        volatile boolean withCursor = true;
        volatile @Nullable RingCursor cursor;

        @Override
        public Future<Void> onOpened(Stage stage) {
            try {
                cursor = withCursor ? stage.ring().openCursor("out") : null;
                return Future.succeededFuture();
            } catch (IOException e) {
                return Future.failedFuture(e);
            }
        }

        @Override
        public Future<Void> onClosing(Stage stage) {
            RingCursor open = cursor;
            if (open != null) {
                open.close();
            }
            return Future.succeededFuture();
        }

        @Override
        public synchronized void onOverBudget(Stage stage, String name, long releaseTo) {
            overBudget.add(name);
        }

        int settleAll() {
            RingCursor open = cursor;
            int records = 0;
            try {
                Take take = open == null ? null : open.take(1 << 20, 1 << 20);
                while (open != null && take != null) {
                    records += take.records();
                    open.commit(take, take.records(), 0, 0);
                    take = open.take(1 << 20, 1 << 20);
                }
            } catch (IllegalStateException e) {
                // The stage was closed meanwhile, as some tests want.
                return records;
            }
            return records;
        }
    }

    private RingEnvironment environment(Executor files) {
        return new RingEnvironment(
                storage,
                System::currentTimeMillis,
                files,
                new DiskBudget(1L << 30),
                new SplittableRandom()::nextLong,
                0);
    }

    StageRegistry start(RingConfig ring, StagingConfig staging, boolean mayCreate) {
        DiskRings disk = new DiskRings(ring, this::environment);
        StageRegistry started =
                new StageRegistry(
                        new StageRegistry.Wiring(
                                vertx,
                                new RepoDirectories(root.resolve("repos")),
                                directory -> {
                                    if (opensFail) {
                                        throw new IOException("Input/output error");
                                    }
                                    return disk.open(directory);
                                },
                                downstream,
                                repo -> mayCreate,
                                () -> System.currentTimeMillis() + aheadMs.get()),
                        ring,
                        staging,
                        new SyncConfig(1));
        rings = disk;
        registry = started;
        await(started.start());
        intake = started.newIntake(loop);
        return started;
    }

    StageRegistry start() {
        return start(SMALL, StagingConfig.defaults(), true);
    }

    @AfterEach
    void stop() {
        if (registry != null) {
            await(registry.close());
        }
        if (rings != null) {
            rings.close();
        }
        await(vertx.close());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not done in time", e);
        }
    }

    static void until(BooleanSupplier condition) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(endNs);
            Thread.onSpinWait();
        }
    }

    /** Offers all in one turn of the event loop. */
    List<Object> offer(List<TextOffer> offers) {
        Intake door = intake;
        loop.runOnContext(
                v ->
                        offers.forEach(
                                offer -> {
                                    if (door != null) {
                                        door.offer(offer);
                                    }
                                }));
        return offers.stream().map(offer -> await(offer.answer())).toList();
    }

    Object offer(TextOffer offer) {
        return offer(List.of(offer)).get(0);
    }

    static TextOffer text(AckLevel ack, String line) {
        return TextOffer.of(WEB, ack, List.of(line));
    }

    static Receipt receipt(Object answer) {
        assertThat(answer).isInstanceOf(Receipt.class);
        return (Receipt) answer;
    }
}
