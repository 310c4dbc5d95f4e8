package io.penstock.exporter.relay;

import static io.penstock.exporter.relay.Waits.await;
import static io.penstock.exporter.relay.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.model.RepoName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node does with what it staged: delivers it, hands it over, waits. */
class RelaySinkTest {
    private static final ExportName EXPORT = new ExportName(new RepoName("repo"), "export");

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Target target = new Target();
    private final Holdings holdings = new Holdings();
    private final Tasks tasks = new Tasks(holdings, EXPORT);
    private final FakePeers peers = new FakePeers();

    @TempDir private Path directory;
    private RelaySink sink;

    /** One peer that takes everything, or none. */
    private static final class FakePeers implements Peers {
        private volatile @Nullable Peer owner;
        private final List<Delivery> sent = new CopyOnWriteArrayList<>();

        @Override
        public @Nullable Peer owner(ExportName export, long key) {
            return owner;
        }

        @Override
        public Future<Outcome> deliver(Peer peer, Delivery delivery) {
            sent.add(delivery);
            return Future.succeededFuture(Outcome.DELIVERED);
        }
    }

    @BeforeEach
    void make() {
        sink = make(Keeping.NOTHING);
    }

    private RelaySink make(Keeping keeps) {
        SinkContext surroundings =
                new SinkContext(
                        vertx, EXPORT.repo(), EXPORT.export(), directory, Clock.systemUTC());
        return await(
                on(
                        () ->
                                Future.succeededFuture(
                                        (RelaySink)
                                                new RelayPlacement("a", holdings, peers)
                                                        .place(
                                                                surroundings,
                                                                keeps,
                                                                target::sink))));
    }

    @AfterEach
    void close() {
        await(on(() -> sink.close()));
        await(vertx.close());
    }

    private void closed(RelaySink made) {
        await(on(() -> made.close()));
    }

    private <T> Future<T> on(Supplier<Future<T>> act) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(v -> act.get().onComplete(promise));
        return promise.future();
    }

    private Future<Outcome> deliver(long number) {
        return on(() -> sink.deliver(TestDelivery.of(number, 3).lend()));
    }

    private static Outcome.Cause cause(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        return ((Outcome.Retry) outcome).cause();
    }

    @Test
    void theTargetIsLeftAloneWithoutATask() {
        assertThat(cause(await(deliver(1)))).isEqualTo(Outcome.Cause.AWAY);
        peers.owner = new Peer("b", "b:1");
        assertThat(await(deliver(1))).isEqualTo(Outcome.DELIVERED);
        assertThat(peers.sent).hasSize(1);
        assertThat(target.made).hasValue(0);
    }

    @Test
    void whoOwnsATaskDeliversItself() {
        peers.owner = new Peer("b", "b:1");
        tasks.start(0);
        until(() -> target.made.get() == 1);
        assertThat(await(deliver(1))).isEqualTo(Outcome.DELIVERED);
        assertThat(target.seen).hasSize(1);
        assertThat(peers.sent).isEmpty();
    }

    @Test
    void noDeliveryBeginsWithoutTheLeaseThoughTheTaskIsThere() {
        tasks.start(0);
        until(() -> target.made.get() == 1);
        tasks.leased = false;
        assertThat(cause(await(deliver(1)))).isEqualTo(Outcome.Cause.AWAY);
        assertThat(target.seen).isEmpty();
        tasks.leased = true;
        assertThat(await(deliver(1))).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void aReleaseWaitsForWhatIsUnderWayAndForTheSinkToClose() {
        tasks.start(0);
        target.script = any -> target.later();
        Promise<Void> closes = Promise.promise();
        target.closes = closes.future();
        Future<Outcome> first = deliver(1);
        until(() -> target.pending.size() == 1);
        peers.owner = new Peer("b", "b:1");

        tasks.release(0);
        assertThat(await(deliver(2))).isEqualTo(Outcome.DELIVERED);
        assertThat(peers.sent).hasSize(1);
        assertThat(tasks.stopped).hasValue(0);
        assertThat(first.isComplete()).isFalse();

        target.pending.get(0).complete(Outcome.DELIVERED);
        assertThat(await(first)).isEqualTo(Outcome.DELIVERED);
        await(deliver(3));
        assertThat(tasks.stopped).as("the sink is still closing").hasValue(0);
        closes.complete();
        until(() -> tasks.stopped.get() == 1);
        assertThat(target.open).hasValue(0);
        assertThat(target.seen).hasSize(1);
    }

    @Test
    void aCutTakesBackWhatIsUnderWayAtOnce() {
        tasks.start(0);
        target.script = any -> target.later();
        Promise<Void> closes = Promise.promise();
        target.closes = closes.future();
        Future<Outcome> first = deliver(1);
        until(() -> target.pending.size() == 1);
        tasks.cut(0);
        assertThat(cause(await(first))).isEqualTo(Outcome.Cause.AWAY);
        until(() -> tasks.stopped.get() == 1);
        // an answer that comes after all changes nothing
        target.pending.get(0).complete(Outcome.DELIVERED);
        assertThat(cause(await(first))).isEqualTo(Outcome.Cause.AWAY);
        closes.complete();
    }

    @Test
    void aReleaseThatTurnsIntoACutDoesNotWait() {
        tasks.start(0);
        target.script = any -> target.later();
        Future<Outcome> first = deliver(1);
        until(() -> target.pending.size() == 1);
        tasks.release(0);
        await(deliver(2));
        assertThat(first.isComplete()).isFalse();
        tasks.cut(0);
        assertThat(cause(await(first))).isEqualTo(Outcome.Cause.AWAY);
        until(() -> tasks.stopped.get() == 1);
    }

    @Test
    void thereIsNeverASecondSinkBeforeTheFirstHasClosed() {
        Promise<Void> closes = Promise.promise();
        target.closes = closes.future();
        tasks.start(0);
        until(() -> target.made.get() == 1);
        tasks.cut(0);
        until(() -> tasks.stopped.get() == 1);
        tasks.start(0);
        assertThat(cause(await(deliver(1)))).isEqualTo(Outcome.Cause.AWAY);
        assertThat(target.made).hasValue(1);
        closes.complete();
        until(() -> target.made.get() == 2);
        assertThat(await(deliver(1))).isEqualTo(Outcome.DELIVERED);
        assertThat(target.mostOpen).hasValue(1);
    }

    @Test
    void ofSeveralTasksTheLastOneEndsIt() {
        tasks.start(0);
        tasks.start(1);
        until(() -> target.made.get() == 1);
        tasks.release(0);
        assertThat(tasks.stopped).hasValue(1);
        assertThat(await(deliver(1))).isEqualTo(Outcome.DELIVERED);
        tasks.release(1);
        until(() -> tasks.stopped.get() == 2);
        assertThat(target.open).hasValue(0);
        assertThat(holdings.isEmpty()).isTrue();
    }

    @Test
    void aTaskThatComesBackWhileTheLastOneEndsIsServedAfterwards() {
        tasks.start(0);
        target.script = any -> target.later();
        Future<Outcome> first = deliver(1);
        until(() -> target.pending.size() == 1);
        tasks.release(0);
        tasks.start(1);
        target.script = any -> Future.succeededFuture(Outcome.DELIVERED);
        assertThat(cause(await(deliver(2)))).isEqualTo(Outcome.Cause.AWAY);
        target.pending.get(0).complete(Outcome.DELIVERED);
        await(first);
        until(() -> target.made.get() == 2);
        assertThat(tasks.stopped).hasValue(1);
        assertThat(await(deliver(2))).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void whatADeadNodeLeftIsPublishedWithoutATask() throws IOException {
        closed(make(Keeping.RECORDS));
        assertThat(target.made).as("nothing was left").hasValue(0);
        Files.createFile(directory.resolve("journal"));
        closed(make(Keeping.DELIVERIES));
        assertThat(target.made).as("nothing that could be published").hasValue(0);
        closed(make(Keeping.RECORDS));
        assertThat(target.made).hasValue(1);
        assertThat(target.open).hasValue(0);
        assertThat(target.seen).isEmpty();
    }

    @Test
    void aSinkThatCannotBeMadeIsTriedAgainWithTheDeliveries() {
        target.faults.set(2);
        tasks.start(0);
        Outcome first = await(deliver(1));
        assertThat(first).isInstanceOf(Outcome.Retry.class);
        assertThat(((Outcome.Retry) first).why()).contains("nobody there");
        assertThat(await(deliver(1))).isEqualTo(Outcome.DELIVERED);
    }
}
