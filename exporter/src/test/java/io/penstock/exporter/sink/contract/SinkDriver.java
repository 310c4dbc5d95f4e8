package io.penstock.exporter.sink.contract;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for fan-out: makes one sink on a context of the kind that its capabilities ask for, and
 * calls it there only.
 *
 * <p>Threading: called from the test's thread; every method waits.
 *
 * @param <C> the sink's configuration
 */
public final class SinkDriver<C extends Record> implements AutoCloseable {

    /** Longest wait for anything. */
    public static final int WAIT_SECONDS = 30;

    private static final int MAX_ATTEMPTS = 200;

    private final SinkContext surroundings;
    private final List<TestDelivery> offered = new ArrayList<>();
    private final Host<C> host;
    private final String deployment;

    /**
     * What became of many deliveries; a delivery stands in one of the two. Where the sink answered
     * record by record, parts stand for the delivery: each record stands in one of the two.
     *
     * @param retries deliveries and parts that were put off
     */
    public record Tally(List<TestDelivery> delivered, List<TestDelivery> rejected, int retries) {}

    /** The verticle whose context is the sink's. */
    private static final class Host<C extends Record> extends VerticleBase {
        private final SinkFactory<C> factory;
        private final C config;
        private final SinkContext surroundings;
        private @Nullable Sink sink;

        Host(SinkFactory<C> factory, C config, SinkContext surroundings) {
            this.factory = factory;
            this.config = config;
            this.surroundings = surroundings;
        }

        @Override
        public Future<?> start() {
            sink = factory.create(config, surroundings);
            return Future.succeededFuture();
        }

        Sink sink() {
            Sink made = sink;
            if (made == null) {
                throw new IllegalStateException("not started");
            }
            return made;
        }

        Context place() {
            return context;
        }
    }

    /** Makes the sink. */
    public SinkDriver(SinkFactory<C> factory, C config, SinkContext surroundings) {
        this.surroundings = surroundings;
        host = new Host<>(factory, config, surroundings);
        boolean blocking = factory.capabilities(config).blocking();
        DeploymentOptions options =
                new DeploymentOptions()
                        .setThreadingModel(
                                blocking ? ThreadingModel.WORKER : ThreadingModel.EVENT_LOOP);
        deployment = await(surroundings.vertx().deployVerticle(host, options));
    }

    /** Offers a delivery once. */
    public Outcome deliver(TestDelivery delivery) {
        offered.add(delivery);
        return await(onContext(() -> offer(delivery)));
    }

    private Future<Outcome> offer(TestDelivery delivery) {
        return host.sink().deliver(delivery.lend()).onComplete(outcome -> delivery.settle());
    }

    /**
     * Offers deliveries, {@code concurrency} at once, until each, or each of its records, is
     * delivered or rejected.
     */
    public Tally deliverAll(List<TestDelivery> deliveries, int concurrency) {
        offered.addAll(deliveries);
        Tally tally = new Tally(new ArrayList<>(), new ArrayList<>(), 0);
        return await(
                onContext(
                        () -> {
                            Run run = new Run(new ArrayList<>(deliveries), tally);
                            for (int i = 0; i < concurrency; i++) {
                                run.next();
                            }
                            return run.end.future();
                        }));
    }

    /** One {@link #deliverAll}; lives on the sink's context. */
    private final class Run {
        final Promise<Tally> end = Promise.promise();
        final List<TestDelivery> waiting;
        final Tally tally;
        int open;
        int retries;

        Run(List<TestDelivery> waiting, Tally tally) {
            this.waiting = waiting;
            this.tally = tally;
        }

        void next() {
            if (waiting.isEmpty()) {
                if (open == 0) {
                    end.tryComplete(new Tally(tally.delivered(), tally.rejected(), retries));
                }
                return;
            }
            TestDelivery delivery = waiting.remove(0);
            open++;
            offer(delivery)
                    .onComplete(answer -> settled(delivery, answer.result(), answer.cause()));
        }

        private void settled(
                TestDelivery delivery, @Nullable Outcome outcome, @Nullable Throwable cause) {
            open--;
            if (cause != null) {
                end.tryFail(cause);
            } else if (outcome instanceof Outcome.Delivered) {
                tally.delivered().add(delivery);
            } else if (outcome instanceof Outcome.Rejected) {
                tally.rejected().add(delivery);
            } else if (outcome instanceof Outcome.PerRecord answers) {
                oneByOne(delivery, answers);
            } else {
                again(delivery, outcome);
            }
            next();
        }

        private void oneByOne(TestDelivery delivery, Outcome.PerRecord answers) {
            int records = delivery.records();
            if (answers.again().length() > records
                    || answers.refused().length() > records
                    || answers.again().intersects(answers.refused())) {
                end.tryFail(delivery + " has no such records: " + answers);
                return;
            }
            BitSet delivered = new BitSet();
            delivered.set(0, records);
            delivered.andNot(answers.again());
            delivered.andNot(answers.refused());
            parts(delivery, delivered, tally.delivered()::add);
            parts(delivery, answers.refused(), tally.rejected()::add);
            parts(delivery, answers.again(), part -> again(part, answers));
        }

        private void parts(TestDelivery delivery, BitSet records, Consumer<TestDelivery> each) {
            for (int from = records.nextSetBit(0); from >= 0; ) {
                int to = records.nextClearBit(from);
                TestDelivery part = delivery.part(from, to);
                if (part != delivery) {
                    offered.add(part);
                }
                each.accept(part);
                from = records.nextSetBit(to);
            }
        }

        private void again(TestDelivery delivery, @Nullable Outcome outcome) {
            if (delivery.attempt() >= MAX_ATTEMPTS) {
                end.tryFail(delivery + " was put off " + MAX_ATTEMPTS + " times, last: " + outcome);
            } else {
                retries++;
                waiting.add(delivery);
            }
        }
    }

    /** Closes the sink as fan-out does. */
    public void closeSink() {
        await(onContext(() -> host.sink().close()));
    }

    /** Whether any delivery was read when it was not lent. */
    public boolean readLate() {
        return offered.stream().anyMatch(TestDelivery::readLate);
    }

    @Override
    public void close() {
        closeSink();
        await(surroundings.vertx().undeploy(deployment));
    }

    private <T> Future<T> onContext(Callable<Future<T>> call) {
        Promise<T> promise = Promise.promise();
        host.place()
                .runOnContext(
                        now -> {
                            try {
                                call.call().onComplete(promise);
                            } catch (Exception thrown) {
                                promise.fail(thrown);
                            }
                        });
        return promise.future();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("nothing within " + WAIT_SECONDS + " s", late);
        }
    }
}
