package io.penstock.exporter.relay;

import static io.penstock.exporter.relay.Waits.await;
import static io.penstock.exporter.relay.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.pressure.Rate;
import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.BatchBuilder.FieldType;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Outcome.Cause;
import io.penstock.model.DeliveryId;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner does with deliveries of other nodes. */
class ForwardedExportsTest {
    private static final ExportName EXPORT = new ExportName(new RepoName("repo"), "export");
    private static final Capabilities PLAIN = new Capabilities(true, false, false);
    private static final long MAX_BYTES = 4_000;

    private final Vertx vertx = Vertx.vertx();
    private final Target target = new Target();
    private final Holdings holdings = new Holdings();
    private final Tasks tasks = new Tasks(holdings, EXPORT);
    private final RelayCounters counters = new RelayCounters();

    @TempDir private Path directory;

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private ForwardedExports exports(Capabilities capabilities, int concurrency, long timeoutMs) {
        return exports(
                new TargetSpec(
                        capabilities,
                        Keeping.NOTHING,
                        concurrency,
                        RateConfig.none(),
                        timeoutMs,
                        target::sink));
    }

    private ForwardedExports exports(TargetSpec spec) {
        return new ForwardedExports(
                new ForwardedExports.Settings(
                        vertx,
                        "b",
                        directory.resolve("forwarded"),
                        Clock.systemUTC(),
                        name -> name.equals(EXPORT) ? Optional.of(spec) : Optional.empty(),
                        MAX_BYTES),
                holdings,
                counters);
    }

    private static RemoteDelivery delivery(long first) {
        return delivery(7, first);
    }

    private static RemoteDelivery delivery(long ring, long first) {
        BatchBuilder batch = new BatchBuilder();
        int field = batch.field("n", FieldType.INT64);
        batch.startRecord(1);
        batch.intValue(field, first);
        batch.endRecord();
        byte[] body = batch.build();
        return new RemoteDelivery(
                new RemoteDelivery.Head(
                        new DeliveryId(
                                EXPORT.repo(), EXPORT.export(), ring, first, first + 1, 0, 1),
                        1,
                        new int[0],
                        0,
                        body.length),
                List.of(new RemoteDelivery.Piece(Encoding.NATIVE, 1, 5, body, 0, body.length)));
    }

    private static Future<Outcome> offer(ForwardedExports exports, long first) {
        return exports.offer(delivery(first), 10, () -> true);
    }

    private static Cause cause(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        return ((Outcome.Retry) outcome).cause();
    }

    @Test
    void whoDoesNotOwnTheExportSaysSoAndMakesNoSink() {
        ForwardedExports exports = exports(PLAIN, 4, 10_000);
        assertThat(await(offer(exports, 1))).isSameAs(Away.NOT_OWNER);
        tasks.start(0);
        tasks.leased = false;
        assertThat(await(offer(exports, 1))).isSameAs(Away.NOT_OWNER);
        assertThat(target.made).hasValue(0);
        assertThat(counters.refusedAsNotOwner()).isEqualTo(2);
        tasks.leased = true;
        assertThat(await(offer(exports, 1))).isEqualTo(Outcome.DELIVERED);
        assertThat(Files.isDirectory(directory.resolve("forwarded/repo/export/0"))).isTrue();
    }

    @Test
    void anExportThatIsNotConfiguredHereIsToldByName() {
        ForwardedExports exports = exports(PLAIN, 4, 10_000);
        ExportName other = new ExportName(EXPORT.repo(), "other");
        new Tasks(holdings, other).start(0);
        RemoteDelivery strange =
                new RemoteDelivery(
                        new RemoteDelivery.Head(
                                new DeliveryId(EXPORT.repo(), "other", 7, 1, 2, 0, 1),
                                1,
                                new int[0],
                                0,
                                1),
                        List.of(
                                new RemoteDelivery.Piece(
                                        Encoding.TEXT, 1, 5, new byte[] {'a'}, 0, 1)));
        Outcome outcome = await(exports.offer(strange, 1, () -> true));
        assertThat(cause(outcome)).isEqualTo(Cause.FAULT);
        assertThat(((Outcome.Retry) outcome).why()).contains("repo/other is not configured");
    }

    @Test
    void noMoreDeliveriesAreWithTheSinkThanItsConcurrency() {
        ForwardedExports exports = exports(PLAIN, 3, 10_000);
        tasks.start(0);
        target.script = any -> target.later();
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            answers.add(offer(exports, n));
        }
        until(() -> target.pending.size() == 3);
        for (int n = 0; n < 10; n++) {
            int next = n;
            until(() -> target.pending.size() > next);
            target.pending.get(n).complete(Outcome.DELIVERED);
            assertThat(await(answers.get(n))).isEqualTo(Outcome.DELIVERED);
        }
        assertThat(target.mostUnderWay).hasValue(3);
        assertThat(target.made).hasValue(1);
    }

    @Test
    void anOrderedSinkHasOneDeliveryAtATime() {
        ForwardedExports exports = exports(new Capabilities(true, true, false), 8, 10_000);
        tasks.start(0);
        target.script = any -> target.later();
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            answers.add(offer(exports, n));
        }
        for (int n = 0; n < 6; n++) {
            int next = n;
            until(() -> target.pending.size() > next);
            target.pending.get(n).complete(Outcome.DELIVERED);
            assertThat(await(answers.get(n))).isEqualTo(Outcome.DELIVERED);
        }
        assertThat(target.mostUnderWay).hasValue(1);
    }

    @Test
    void aBlockingSinkHasAWorkerThatKeepsTheOrder() {
        ForwardedExports exports = exports(new Capabilities(true, true, true), 8, 10_000);
        tasks.start(0);
        target.script =
                any -> {
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                    return Future.succeededFuture(Outcome.DELIVERED);
                };
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            answers.add(offer(exports, n));
        }
        answers.forEach(answer -> assertThat(await(answer)).isEqualTo(Outcome.DELIVERED));
        assertThat(target.mostInside).hasValue(1);
        assertThat(target.threads).allMatch(name -> name.contains("worker"));
        assertThat(target.seen.stream().map(each -> each.id().first()).toList())
                .isSorted()
                .hasSize(20);
    }

    @Test
    void whatFindsNoRoomIsToldThatTheOwnerIsBusy() {
        ForwardedExports exports = exports(PLAIN, 1, 10_000);
        tasks.start(0);
        target.script = any -> target.later();
        List<Future<Outcome>> answers = new ArrayList<>();
        answers.add(offer(exports, 0));
        until(() -> target.pending.size() == 1);
        for (int n = 1; n <= ForwardedSink.MAX_WAITING; n++) {
            answers.add(offer(exports, n));
        }
        assertThat(cause(await(offer(exports, 1_000)))).isEqualTo(Cause.BUSY);
        assertThat(answers).noneMatch(Future::isComplete);

        // one export has a quarter of the node's bytes
        Outcome large = await(exports.offer(delivery(2_000), MAX_BYTES / 4, () -> true));
        assertThat(cause(large)).isEqualTo(Cause.BUSY);
        tasks.cut(0);
        answers.forEach(answer -> assertThat(cause(await(answer))).isEqualTo(Cause.AWAY));
        until(() -> exports.heldBytes() == 0);
    }

    @Test
    void aReleaseLandsWhatIsUnderWayAndSendsTheRestBack() {
        ForwardedExports exports = exports(PLAIN, 1, 10_000);
        tasks.start(0);
        target.script = any -> target.later();
        Future<Outcome> first = offer(exports, 1);
        until(() -> target.pending.size() == 1);
        Future<Outcome> second = offer(exports, 2);
        tasks.release(0);
        assertThat(cause(await(second))).isEqualTo(Cause.AWAY);
        assertThat(tasks.stopped).hasValue(0);
        target.pending.get(0).complete(new Outcome.Rejected("too blue"));
        assertThat(await(first)).isEqualTo(new Outcome.Rejected("too blue"));
        until(() -> tasks.stopped.get() == 1);
        assertThat(target.open).hasValue(0);

        target.script = any -> Future.succeededFuture(Outcome.DELIVERED);
        tasks.start(0);
        until(() -> await(offer(exports, 3)).equals(Outcome.DELIVERED));
        assertThat(target.mostOpen).hasValue(1);
        assertThat(target.made).hasValue(2);
    }

    @Test
    void aCutTakesBackWhatIsUnderWay() {
        ForwardedExports exports = exports(PLAIN, 4, 10_000);
        tasks.start(0);
        target.script = any -> target.later();
        Future<Outcome> first = offer(exports, 1);
        until(() -> target.pending.size() == 1);
        tasks.cut(0);
        assertThat(cause(await(first))).isEqualTo(Cause.AWAY);
        until(() -> tasks.stopped.get() == 1);
    }

    @Test
    void aSinkThatNeverAnswersHoldsItsPlaceForTheTimeOutOnly() {
        ForwardedExports exports = exports(PLAIN, 1, 50);
        tasks.start(0);
        target.script = any -> target.later();
        Future<Outcome> first = offer(exports, 1);
        Future<Outcome> second = offer(exports, 2);
        assertThat(cause(await(first))).isEqualTo(Cause.SLOW);
        assertThat(cause(await(second))).isEqualTo(Cause.SLOW);
        assertThat(target.seen).hasSize(2);
    }

    @Test
    void aSinkThatKnowsDeliveriesServesOneRing() {
        ForwardedExports exports =
                exports(
                        new TargetSpec(
                                PLAIN,
                                Keeping.DELIVERIES,
                                4,
                                RateConfig.none(),
                                10_000,
                                target::sink));
        tasks.start(0);
        for (long first = 0; first < 6; first++) {
            Future<Outcome> answer =
                    exports.offer(delivery(0x1a + first % 2, first), 10, () -> true);
            assertThat(await(answer)).isEqualTo(Outcome.DELIVERED);
        }
        assertThat(target.made).hasValue(2);
        assertThat(directory.resolve("forwarded/repo/export/1a")).isDirectory();
        assertThat(directory.resolve("forwarded/repo/export/1b")).isDirectory();
        tasks.release(0);
        until(() -> tasks.stopped.get() == 1);
        assertThat(target.open).hasValue(0);
    }

    @Test
    void whatIsStagedHereAndWhatComesFromOthersShareTheRateOfTheExport() {
        RateConfig twenty = new RateConfig(20, 0);
        ForwardedExports exports =
                exports(new TargetSpec(PLAIN, Keeping.NOTHING, 8, twenty, 10_000, target::sink));
        tasks.start(0);
        Rate own =
                new RelayPlacement("b", holdings, new NoPeers())
                        .rate(EXPORT, twenty, System.nanoTime());
        // a full second's worth and half a one
        long beganNs = System.nanoTime();
        own.started(beganNs, 30, 0);
        assertThat(await(offer(exports, 1))).isEqualTo(Outcome.DELIVERED);
        assertThat(System.nanoTime() - beganNs).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(500));
        for (long first = 2; first < 12; first++) {
            assertThat(await(offer(exports, first))).isEqualTo(Outcome.DELIVERED);
        }
        assertThat(System.nanoTime() - beganNs).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(own.waitNs(System.nanoTime())).as("others spend it, too").isPositive();
        // another rate by another definition
        await(exports.forget(EXPORT));
        assertThat(holdings.rate(EXPORT, new RateConfig(1, 0), System.nanoTime())).isNotSameAs(own);
    }

    /** Nobody else is there. */
    private static final class NoPeers implements Peers {
        @Override
        public @Nullable Peer owner(ExportName export, long key) {
            return null;
        }

        @Override
        public Future<Outcome> deliver(Peer peer, Delivery delivery) {
            throw new AssertionError("nobody is there");
        }
    }

    @Test
    void anExportThatWasChangedIsMadeAnew() {
        TargetSpec spec =
                new TargetSpec(PLAIN, Keeping.NOTHING, 1, RateConfig.none(), 10_000, target::sink);
        ForwardedExports exports = exports(spec);
        tasks.start(0);
        assertThat(await(offer(exports, 1))).isEqualTo(Outcome.DELIVERED);
        await(exports.forget(EXPORT));
        assertThat(target.open).hasValue(0);
        until(() -> await(offer(exports, 2)).equals(Outcome.DELIVERED));
        assertThat(target.made).hasValue(2);
        assertThat(target.mostOpen).hasValue(1);
    }

    @Test
    void whatADeadNodeLeftIsPublishedWithoutATask() throws IOException {
        ForwardedExports exports =
                exports(
                        new TargetSpec(
                                PLAIN,
                                Keeping.RECORDS,
                                4,
                                RateConfig.none(),
                                10_000,
                                target::sink));
        await(exports.publishLeft());
        Files.createDirectories(directory.resolve("forwarded/repo/export/1a"));
        Files.createDirectories(directory.resolve("forwarded/repo/nobody knows/1a"));
        Files.createDirectories(directory.resolve("forwarded/repo/export/no number"));
        await(exports.publishLeft());
        until(() -> target.made.get() == 1 && target.open.get() == 0);
        assertThat(target.seen).isEmpty();
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotSent() {
        ForwardedExports exports = exports(PLAIN, 1, 10_000);
        tasks.start(0);
        target.script = any -> target.later();
        offer(exports, 1);
        until(() -> target.pending.size() == 1);
        Future<Outcome> gone = exports.offer(delivery(2), 10, () -> false);
        target.pending.get(0).complete(Outcome.DELIVERED);
        assertThat(cause(await(gone))).isEqualTo(Cause.AWAY);
        assertThat(target.seen).hasSize(1);
    }

    @Test
    void aSinkThatCannotBeMadeIsMadeAgainWithTheNextDelivery() {
        ForwardedExports exports = exports(PLAIN, 1, 10_000);
        tasks.start(0);
        target.faults.set(1);
        assertThat(cause(await(offer(exports, 1)))).isEqualTo(Cause.FAULT);
        until(() -> await(offer(exports, 1)).equals(Outcome.DELIVERED));
    }
}
