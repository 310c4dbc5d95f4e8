package io.penstock.exporter.relay;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A target whose sinks answer as the test says, and which knows how many of them there are. */
final class Target {
    final List<Delivery> seen = new CopyOnWriteArrayList<>();
    final List<Promise<Outcome>> pending = new CopyOnWriteArrayList<>();
    final List<String> threads = new CopyOnWriteArrayList<>();
    final AtomicInteger made = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger mostOpen = new AtomicInteger();
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger mostInside = new AtomicInteger();
    final AtomicInteger underWay = new AtomicInteger();
    final AtomicInteger mostUnderWay = new AtomicInteger();
    final AtomicInteger faults = new AtomicInteger();
    volatile Function<Delivery, Future<Outcome>> script =
            any -> Future.succeededFuture(Outcome.DELIVERED);
    volatile Future<Void> closes = Future.succeededFuture();

    /** Answers when the test does. */
    Future<Outcome> later() {
        Promise<Outcome> promise = Promise.promise();
        pending.add(promise);
        return promise.future();
    }

    Sink sink(SinkContext surroundings) {
        if (faults.getAndDecrement() > 0) {
            throw new IllegalArgumentException("url: nobody there");
        }
        made.incrementAndGet();
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        return new Sink() {
            private boolean closed;

            @Override
            public Future<Outcome> deliver(Delivery delivery) {
                mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                seen.add(delivery);
                threads.add(Thread.currentThread().getName());
                Future<Outcome> answer = script.apply(delivery);
                inside.decrementAndGet();
                return answer.onComplete(over -> underWay.decrementAndGet());
            }

            @Override
            public Future<Void> close() {
                if (!closed) {
                    closed = true;
                    return closes.onComplete(over -> open.decrementAndGet());
                }
                return closes;
            }
        };
    }
}
