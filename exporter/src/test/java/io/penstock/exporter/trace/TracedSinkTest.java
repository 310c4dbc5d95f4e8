package io.penstock.exporter.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Outcome.Cause;
import io.penstock.exporter.sink.Sink;
import io.penstock.model.DeliveryId;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import io.penstock.model.TraceParent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TracedSinkTest {
    private static final RepoName REPO = new RepoName("orders");
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Outcome RETRY = new Outcome.Retry(0, "503", Cause.BUSY);

    private final List<Span> spans = new ArrayList<>();
    private final List<@Nullable TraceParent> handedOn = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private long nowNs;
    private Outcome outcome = Outcome.DELIVERED;

    private final Sink target =
            new Sink() {
                @Override
                public Future<Outcome> deliver(Delivery delivery) {
                    handedOn.add(delivery.trace());
                    return Future.succeededFuture(outcome);
                }

                @Override
                public Future<Void> close() {
                    return Future.succeededFuture();
                }
            };

    private Tracer tracer(double share, int maxCarried) {
        return new Tracer(share, maxCarried, spans::add, () -> ++nowNs, random::nextLong);
    }

    /** A delivery of entries at positions 10, 20, ... of a run. */
    private record Run(long first, long end, int attempt) implements Delivery {
        @Override
        public DeliveryId id() {
            return new DeliveryId(REPO, "web", 7, first, end, 0, 1);
        }

        @Override
        public int records() {
            return 1;
        }

        @Override
        public long bytes() {
            return 5;
        }

        @Override
        public void forEachBatch(BatchVisitor visitor) {
            for (long position = first; position < end; position += 10) {
                visitor.batch(position, 1_000);
            }
        }

        @Override
        public void read(RecordVisitor visitor) {}

        @Override
        public void readRaw(RawVisitor visitor) {}
    }

    private static void push(Tracer tracer, String parent, long position, long arrivedMs) {
        Origin origin = Objects.requireNonNull(tracer.origin(parent, null));
        BatchTrace batch = Objects.requireNonNull(origin.begin(REPO, 1, 5, arrivedMs));
        batch.placed(position);
        batch.accepted(new Receipt(REPO, 7, position, position + 10, 1, false));
    }

    private List<Span> named(String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    @Test
    void eachPushOfADeliveryHasItsSpanAndTheFirstIsHandedOn() {
        Tracer tracer = tracer(0, 100);
        push(tracer, PARENT, 10, 1_000);
        push(tracer, PARENT.replace("0af7", "1af7"), 20, 1_000);
        push(tracer, PARENT, 30, 999); // another entry lies there now
        push(tracer, PARENT, 50, 1_000);
        TracedSink sink = new TracedSink(tracer, target);

        sink.deliver(new Run(10, 50, 0));

        List<Span> pushes = named("push");
        List<Span> deliveries = named("deliver");
        assertThat(deliveries).hasSize(2);
        assertThat(deliveries.get(0).parent()).isEqualTo(pushes.get(0).place().span());
        assertThat(deliveries.get(1).parent()).isEqualTo(pushes.get(1).place().span());
        assertThat(deliveries.get(1).place().high()).isEqualTo(pushes.get(1).place().high());
        assertThat(deliveries.get(0).links()).containsExactly(pushes.get(1).place());
        assertThat(handedOn).containsExactly(deliveries.get(0).place());
    }

    @Test
    void aDeliveryIsOneSpanUntilItNeedsNoOtherAttempt() {
        Tracer tracer = tracer(0, 100);
        push(tracer, PARENT, 10, 1_000);
        TracedSink sink = new TracedSink(tracer, target);
        outcome = RETRY;
        for (int attempt = 0; attempt < 100; attempt++) {
            sink.deliver(new Run(10, 20, attempt));
        }
        assertThat(named("deliver")).isEmpty();
        outcome = Outcome.DELIVERED;
        sink.deliver(new Run(10, 20, 100));

        assertThat(named("deliver")).hasSize(1);
        Span span = named("deliver").get(0);
        assertThat(span.attributes()).containsEntry("penstock.attempts", 101L);
        assertThat(span.events()).hasSize(OpenDelivery.MAX_EVENTS);
        assertThat(span.events().get(OpenDelivery.MAX_EVENTS - 1).attributes())
                .containsEntry("penstock.outcome", "delivered")
                .containsEntry("penstock.attempt", 100L);
        assertThat(span.fault()).isEmpty();
    }

    @Test
    void whatIsOpenIsBoundedAndEndsWithTheSink() {
        Tracer tracer = tracer(0, 10_000);
        TracedSink sink = new TracedSink(tracer, target);
        outcome = RETRY;
        int deliveries = TracedSink.MAX_OPEN + 3;
        for (int i = 1; i <= deliveries; i++) {
            push(tracer, PARENT, i * 10L, 1_000);
            sink.deliver(new Run(i * 10L, i * 10L + 10, 0));
        }
        assertThat(named("deliver")).hasSize(3);
        sink.close();
        assertThat(named("deliver")).hasSize(deliveries).allMatch(span -> !span.fault().isEmpty());
    }

    @Test
    void theOldestContextsAreForgotten() {
        Tracer tracer = tracer(0, 2);
        push(tracer, PARENT, 10, 1_000);
        push(tracer, PARENT, 20, 1_000);
        push(tracer, PARENT, 20, 1_000);
        push(tracer, PARENT, 30, 1_000);
        assertThat(tracer.carriedContexts()).isLessThanOrEqualTo(2);
        TracedSink sink = new TracedSink(tracer, target);

        sink.deliver(new Run(10, 20, 0));
        sink.deliver(new Run(30, 40, 0));

        assertThat(named("deliver")).hasSize(1);
        assertThat(handedOn.get(0)).isNull();
    }

    @Test
    void theClientDecidesAndElseAShareIsDrawn() {
        assertThat(tracer(1, 1).origin(PARENT.replace("-01", "-00"), null)).isNull();
        assertThat(tracer(0, 1).origin(null, null)).isNull();
        assertThat(tracer(0, 1).origin("nonsense", null)).isNull();
        Origin quarter = Objects.requireNonNull(tracer(0.25, 1).origin(null, null));
        int traced = 0;
        for (int i = 0; i < 10_000; i++) {
            traced += quarter.begin(REPO, 1, 1, 1) == null ? 0 : 1;
        }
        assertThat(traced).isBetween(2_300, 2_700);
    }
}
