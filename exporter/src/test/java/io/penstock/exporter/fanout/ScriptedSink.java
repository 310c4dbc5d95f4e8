package io.penstock.exporter.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.RowCollector;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.model.DeliveryId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A target that answers as the test says, and remembers everything. Honours delivery ids: what was
 * taken once is taken again without a second copy, as a real idempotent target would.
 */
final class ScriptedSink implements SinkFactory<ScriptedSink.Config> {
    /** No keys. */
    record Config() {}

    /** One delivery as the sink saw it. */
    record Seen(
            DeliveryId id, int attempt, List<String> texts, List<Integer> numbers, String thread) {}

    final List<Seen> offered = new CopyOnWriteArrayList<>();
    final List<String> taken = new CopyOnWriteArrayList<>();
    final AtomicInteger flying = new AtomicInteger();
    final AtomicInteger mostFlying = new AtomicInteger();
    final AtomicInteger oneByOne = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final List<Promise<Outcome>> pending = new CopyOnWriteArrayList<>();
    volatile Function<Seen, Future<Outcome>> script = ScriptedSink::takes;
    volatile Capabilities capabilities = new Capabilities(true, false, false);
    final AtomicInteger creationFailures = new AtomicInteger();

    /** The target knows records apart, as bulk targets with document ids do. */
    volatile boolean knowsRecords;

    private final Set<Object> known = new HashSet<>();

    static Future<Outcome> takes(Seen delivery) {
        return Future.succeededFuture(Outcome.DELIVERED);
    }

    static Future<Outcome> retry() {
        return Future.succeededFuture(new Outcome.Retry(Outcome.Retry.BACK_OFF, "not now"));
    }

    static Future<Outcome> rejects(String why) {
        return Future.succeededFuture(new Outcome.Rejected(why));
    }

    /** Puts off, refuses and takes records by what they say. */
    static Future<Outcome> oneByOne(
            Seen delivery, Predicate<String> putOff, Predicate<String> refuse, String why) {
        BitSet again = new BitSet();
        BitSet refused = new BitSet();
        for (int i = 0; i < delivery.texts().size(); i++) {
            boolean never = refuse.test(delivery.texts().get(i));
            refused.set(i, never);
            again.set(i, !never && putOff.test(delivery.texts().get(i)));
        }
        return Future.succeededFuture(
                new Outcome.PerRecord(again, refused, Outcome.Retry.BACK_OFF, why));
    }

    /** Answers never, unless the test completes what it finds in {@link #pending}. */
    Future<Outcome> hangs() {
        Promise<Outcome> never = Promise.promise();
        pending.add(never);
        return never.future();
    }

    Export export(ExportSpec spec) {
        return new Export(spec, new BoundSink<>(this, new Config()));
    }

    List<DeliveryId> ids() {
        return offered.stream().map(Seen::id).toList();
    }

    @Override
    public String type() {
        return "scripted";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Capabilities capabilities(Config config) {
        return capabilities;
    }

    @Override
    public Sink create(Config config, SinkContext context) {
        if (creationFailures.getAndDecrement() > 0) {
            throw new IllegalArgumentException("url: cannot be reached");
        }
        return new Sink() {
            @Override
            public Future<Outcome> deliver(Delivery delivery) {
                return offer(delivery);
            }

            @Override
            public Future<Void> close() {
                closed.incrementAndGet();
                return Future.succeededFuture();
            }
        };
    }

    private Future<Outcome> offer(Delivery delivery) {
        List<String> texts = texts(delivery);
        Seen seen =
                new Seen(
                        delivery.id(),
                        delivery.attempt(),
                        texts,
                        IntStream.range(0, texts.size())
                                .map(delivery::recordNumber)
                                .boxed()
                                .toList(),
                        Thread.currentThread().getName());
        offered.add(seen);
        mostFlying.accumulateAndGet(flying.incrementAndGet(), Math::max);
        Future<Outcome> answer;
        try {
            answer = script.apply(seen);
        } catch (RuntimeException e) {
            flying.decrementAndGet();
            throw e;
        }
        return answer.onComplete(
                done -> {
                    flying.decrementAndGet();
                    if (done.succeeded()) {
                        take(seen, done.result());
                    }
                });
    }

    /** The field message of each record; read both ways, which must agree. */
    private static List<String> texts(Delivery delivery) {
        RowCollector raw = new RowCollector();
        delivery.readRaw(
                (encoding, records, body, offset, length) -> {
                    int before = raw.rows.size();
                    new RecordReader().wrap(encoding, body, offset, length, 0).read(raw);
                    assertThat(raw.rows).hasSize(before + records);
                });
        RowCollector decoded = new RowCollector();
        delivery.read(decoded);
        List<String> texts = messages(decoded);
        assertThat(messages(raw)).isEqualTo(texts);
        assertThat(delivery.records()).isEqualTo(texts.size()).isPositive();
        return texts;
    }

    private static List<String> messages(RowCollector collector) {
        return collector.rows.stream()
                .map(row -> String.valueOf(row.values().get("message")))
                .toList();
    }

    private synchronized void take(Seen seen, Outcome outcome) {
        if (outcome instanceof Outcome.PerRecord answers) {
            oneByOne.incrementAndGet();
            for (int i = 0; i < seen.texts().size(); i++) {
                if (!answers.again().get(i) && !answers.refused().get(i)) {
                    takeOne(seen, i);
                }
            }
        } else if (outcome instanceof Outcome.Delivered && knowsRecords) {
            for (int i = 0; i < seen.texts().size(); i++) {
                takeOne(seen, i);
            }
        } else if (outcome instanceof Outcome.Delivered && known.add(seen.id())) {
            taken.addAll(seen.texts());
        }
    }

    /** A record's own name: its delivery's run, and its number there. */
    private void takeOne(Seen seen, int i) {
        DeliveryId id = seen.id();
        List<Object> name = List.of(id.repo(), id.epoch(), id.first(), seen.numbers().get(i));
        if (known.add(name)) {
            taken.add(seen.texts().get(i));
        }
    }
}
