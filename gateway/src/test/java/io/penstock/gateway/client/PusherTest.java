package io.penstock.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.record.Encoding;
import io.penstock.gateway.client.PushCall.Batch;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PusherTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<Long> sequences = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Pusher pusher(
            int underWay, long patienceMs, Function<PushCall, Future<PushAnswer>> to) {
        PushClient client =
                new PushClient() {
                    @Override
                    public Future<PushAnswer> push(PushCall call) {
                        sequences.add(call.sequence());
                        return to.apply(call);
                    }

                    @Override
                    public Future<Void> close() {
                        return Future.succeededFuture();
                    }
                };
        return new Pusher(
                vertx,
                client,
                new Pusher.Terms(
                        new RepoName("r"),
                        ProducerIdentity.fresh(),
                        AckLevel.STAGED,
                        underWay,
                        patienceMs),
                ns -> {});
    }

    private static Batch batch() {
        return new Batch(Encoding.NATIVE, new byte[10], 3);
    }

    private static Future<PushAnswer> staged() {
        return Future.succeededFuture(new PushAnswer.Staged(3, false));
    }

    @Test
    void retriesUnderTheSameSequenceUntilStaged() throws Exception {
        AtomicInteger left = new AtomicInteger(2);
        Pusher pusher =
                pusher(
                        1,
                        10_000,
                        call ->
                                left.getAndDecrement() > 0
                                        ? Future.succeededFuture(
                                                new PushAnswer.Again(1, "full", true))
                                        : staged());
        pusher.push(batch());
        pusher.finish();
        assertThat(sequences).containsExactly(1L, 1L, 1L);
        assertThat(pusher.records()).isEqualTo(3);
        assertThat(pusher.retries()).isEqualTo(2);
    }

    @Test
    void neverHasMoreUnderWayThanAllowed() throws Exception {
        List<Promise<PushAnswer>> open = Collections.synchronizedList(new ArrayList<>());
        Pusher pusher =
                pusher(
                        2,
                        10_000,
                        call -> {
                            Promise<PushAnswer> promise = Promise.promise();
                            open.add(promise);
                            return promise.future();
                        });
        pusher.push(batch());
        pusher.push(batch());
        CountDownLatch third = new CountDownLatch(1);
        Thread pushing =
                new Thread(
                        () -> {
                            try {
                                pusher.push(batch());
                                third.countDown();
                            } catch (PushException | InterruptedException unexpected) {
                                throw new AssertionError(unexpected);
                            }
                        });
        pushing.start();
        assertThat(third.await(50, TimeUnit.MILLISECONDS)).isFalse();
        open.get(0).complete(new PushAnswer.Staged(3, true));
        assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
        open.get(1).complete(new PushAnswer.Staged(3, false));
        open.get(2).complete(new PushAnswer.Staged(3, false));
        pusher.finish();
        assertThat(pusher.batches()).isEqualTo(3);
        assertThat(pusher.duplicates()).isEqualTo(1);
    }

    @Test
    void endsWithTheReasonWhenABatchIsRefusedForGood() throws Exception {
        Pusher pusher =
                pusher(1, 10_000, c -> Future.succeededFuture(new PushAnswer.Never("malformed")));
        pusher.push(batch());
        assertThatThrownBy(pusher::finish)
                .isInstanceOf(PushException.class)
                .hasMessage("batch 1: malformed");
        assertThatThrownBy(() -> pusher.push(batch())).isInstanceOf(PushException.class);
    }

    @Test
    void sendsNothingAgainOnceItHasFailed() throws Exception {
        Pusher pusher =
                pusher(
                        2,
                        10_000,
                        call ->
                                Future.succeededFuture(
                                        call.sequence() == 1
                                                ? new PushAnswer.Again(20, "full", true)
                                                : new PushAnswer.Never("malformed")));
        pusher.push(batch());
        pusher.push(batch());
        assertThatThrownBy(pusher::finish).hasMessage("batch 2: malformed");
        assertThat(sequences).containsExactly(1L, 2L);
    }

    @Test
    void endsWhenPatienceRunsOut() throws Exception {
        Pusher pusher =
                pusher(
                        1,
                        30,
                        c -> Future.succeededFuture(new PushAnswer.Again(5, "no route", false)));
        pusher.push(batch());
        assertThatThrownBy(pusher::finish)
                .hasMessageContaining("no route")
                .matches(failure -> !((PushException) failure).reached());
    }
}
