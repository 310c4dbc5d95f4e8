package io.penstock.exporter.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.relay.Away;
import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.Holdings;
import io.penstock.exporter.relay.Peer;
import io.penstock.exporter.relay.Peers;
import io.penstock.exporter.relay.Permit;
import io.penstock.exporter.relay.RelayPlacement;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export whose owner changes while it runs: here, elsewhere, nowhere, and back. */
class RelayedExportTest {
    private static final String NAME = "out";
    private static final ExportName EXPORT = new ExportName(TestNode.WEB, NAME);
    private static final int RECORDS = 6_000;

    private final long seed = Long.getLong("penstock.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ScriptedSink target = new ScriptedSink();
    private final Holdings holdings = new Holdings();
    private final AtomicInteger stopped = new AtomicInteger();
    private volatile @Nullable Peer owner;

    @TempDir private Path root;

    /** The other node: has the same target, and loses some answers. */
    private final class Other implements Peers {
        private final Random losses = new Random(seed + 1);
        private @Nullable Sink sink;

        @Override
        public @Nullable Peer owner(ExportName export, long key) {
            return owner;
        }

        @Override
        public synchronized Future<Outcome> deliver(Peer peer, Delivery delivery) {
            Sink open = sink == null ? target.create(new ScriptedSink.Config(), none()) : sink;
            sink = open;
            int chance = losses.nextInt(10);
            if (chance == 0) {
                return Future.succeededFuture(Away.of("not even asked"));
            }
            Future<Outcome> answer = open.deliver(delivery);
            return chance == 1 ? Future.succeededFuture(Away.of("the answer is lost")) : answer;
        }

        private SinkContext none() {
            return new SinkContext(
                    io.vertx.core.Vertx.currentContext().owner(),
                    TestNode.WEB,
                    NAME,
                    root,
                    Clock.systemUTC());
        }
    }

    private void start() {
        holdings.start(
                EXPORT,
                0,
                new Permit() {
                    @Override
                    public boolean mayDeliver() {
                        return true;
                    }

                    @Override
                    public void stopped() {
                        stopped.incrementAndGet();
                    }
                });
    }

    /** Owner for a moment, then not any more. */
    private void ownForAMoment() throws InterruptedException {
        int before = stopped.get();
        owner = null;
        start();
        Thread.sleep(random.nextInt(20));
        if (random.nextBoolean()) {
            holdings.release(EXPORT, 0);
        } else {
            holdings.cut(EXPORT, 0);
        }
        TestNode.until(() -> stopped.get() > before);
    }

    @Test
    void everyRecordIsTakenOnceWhoeverDelivers() throws InterruptedException {
        System.out.println("RelayedExportTest: -Dpenstock.seed=" + seed);
        BatchLimits batch = new BatchLimits(50, 4_000, 0);
        try (TestNode node =
                new TestNode(
                        root,
                        TestNode.smallRing(),
                        java.util.List.of(target.export(TestNode.spec(NAME, batch, 4))),
                        new RelayPlacement("a", holdings, new Other()))) {
            for (int at = 0; at < RECORDS; at += 200) {
                node.pushRange(at, at + 200, 20);
                switch (random.nextInt(3)) {
                    case 0 -> owner = null;
                    case 1 -> owner = new Peer("b", "b:1");
                    default -> ownForAMoment();
                }
            }
            owner = new Peer("b", "b:1");
            LedgerRow row = node.settled(NAME);
            assertThat(row.delivered()).isEqualTo(RECORDS);
            assertThat(target.taken).hasSize(RECORDS);
            assertThat(new HashSet<>(target.taken)).hasSize(RECORDS);
        }
    }

    @Test
    void waitingForAnOwnerTeachesNothingAboutTheTarget() throws InterruptedException {
        BatchLimits batch = new BatchLimits(50, 4_000, 0);
        try (TestNode node =
                new TestNode(
                        root,
                        TestNode.smallRing(),
                        java.util.List.of(target.export(TestNode.spec(NAME, batch, 4))),
                        new RelayPlacement("a", holdings, new Other()))) {
            node.pushRange(0, 400, 20);
            TestNode.until(() -> node.stats(NAME).failures() >= 12);
            assertThat(node.stats(NAME).pressure().changes().values()).allMatch(n -> n == 0);
            assertThat(target.offered).isEmpty();
            long foundNs = System.nanoTime();
            start();
            node.settled(NAME);
            long tookMs = (System.nanoTime() - foundNs) / 1_000_000;
            System.out.println("RelayedExportTest: delivered " + tookMs + " ms after the owner");
            assertThat(tookMs).isLessThan(5_000);
            assertThat(target.taken).hasSize(400);
        }
    }
}
