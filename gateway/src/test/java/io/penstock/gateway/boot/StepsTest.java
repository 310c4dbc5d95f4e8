package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.boot.Steps.Step;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static final long LONG_MS = 10_000;

    private final Vertx vertx = Vertx.vertx();
    private final Steps steps = new Steps(vertx);
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private Step step(String name) {
        return new Step(
                name,
                () -> noted("+" + name, Future.succeededFuture()),
                () -> noted("-" + name, Future.succeededFuture()));
    }

    private Future<?> noted(String what, Future<?> result) {
        log.add(what);
        return result;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void stopsInTheReverseOrderOfStart() throws Exception {
        await(steps.start(List.of(step("a"), step("b"), step("c")), LONG_MS));
        assertThat(await(steps.stop(LONG_MS))).isTrue();
        assertThat(log).containsExactly("+a", "+b", "+c", "-c", "-b", "-a");
    }

    @Test
    void undoesOnlyWhatWasTaken() throws Exception {
        Step broken =
                new Step(
                        "b",
                        () -> noted("+b", Future.failedFuture("no")),
                        () -> noted("-b", Future.succeededFuture()));
        assertThatThrownBy(() -> await(steps.start(List.of(step("a"), broken, step("c")), LONG_MS)))
                .hasRootCauseMessage("no");
        await(steps.stop(LONG_MS));
        assertThat(log).containsExactly("+a", "+b", "-b", "-a");
    }

    @Test
    void aStepThatHangsIsNamedAndLeftBehind() throws Exception {
        Step hanging = new Step("sinks", Future::succeededFuture, () -> Promise.promise().future());
        await(steps.start(List.of(step("a"), hanging), LONG_MS));
        assertThat(await(steps.stop(10))).isFalse();
        assertThat(log).containsExactly("+a", "-a");
    }

    @Test
    void aStartThatHangsFailsWithTheNameOfItsStep() {
        Step hanging =
                new Step("stages", () -> Promise.promise().future(), Future::succeededFuture);
        assertThatThrownBy(() -> await(steps.start(List.of(hanging), 20)))
                .hasRootCauseInstanceOf(StartException.class)
                .rootCause()
                .hasMessageStartingWith("stages did not end in time");
    }

    @Test
    void noStepIsTakenOnceStopHasBegun() throws Exception {
        Promise<Void> gate = Promise.promise();
        Step slow = new Step("slow", gate::future, () -> noted("-slow", Future.succeededFuture()));
        Future<Void> starting = steps.start(List.of(slow, step("late")), LONG_MS);
        Future<Boolean> stopping = steps.stop(LONG_MS);
        gate.complete();
        assertThat(await(stopping)).isTrue();
        assertThatThrownBy(() -> await(starting)).hasMessageContaining("is being stopped");
        assertThat(log).containsExactly("-slow");
    }

    @Test
    void stopWithoutStartAndTwiceIsHarmless() throws Exception {
        assertThat(await(steps.stop(LONG_MS))).isTrue();
        assertThat(await(steps.stop(LONG_MS))).isTrue();
    }
}
