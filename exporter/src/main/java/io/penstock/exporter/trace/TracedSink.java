package io.penstock.exporter.trace;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.trace.CarriedContexts.Carried;
import io.penstock.model.DeliveryId;
import io.penstock.model.TraceParent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A sink whose deliveries have spans where a push of theirs is traced. A span is over when the
 * delivery needs not be offered again under its id.
 *
 * <p>Threading: as the sink; outcomes may come on any thread.
 */
final class TracedSink implements Sink {
    /** Deliveries that have spans at once, those that wait for another attempt included. */
    static final int MAX_OPEN = 256;

    /** Pushes of one delivery that have spans; more are delivered without. */
    static final int MAX_PUSHES = 32;

    private final Tracer tracer;
    private final Sink sink;

    // Guarded by itself; in the order in which they began.
    private final Map<DeliveryId, OpenDelivery> open = new LinkedHashMap<>();

    TracedSink(Tracer tracer, Sink sink) {
        this.tracer = tracer;
        this.sink = sink;
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        OpenDelivery spans = spans(delivery);
        if (spans == null) {
            return sink.deliver(delivery);
        }
        Future<Outcome> answer;
        try {
            answer = sink.deliver(new TracedDelivery(delivery, spans.place()));
        } catch (RuntimeException | LinkageError defect) {
            spans.answered(delivery.attempt(), null, defect);
            throw defect;
        }
        return answer.onComplete(
                (outcome, cause) -> {
                    spans.answered(delivery.attempt(), outcome, cause);
                    if (outcome != null && !(outcome instanceof Outcome.Retry)) {
                        over(delivery.id());
                        spans.end();
                    }
                });
    }

    private @Nullable OpenDelivery spans(Delivery delivery) {
        synchronized (open) {
            OpenDelivery before = open.get(delivery.id());
            if (before != null) {
                return before;
            }
        }
        List<TraceParent> pushes = pushes(delivery);
        if (pushes.isEmpty()) {
            return null;
        }
        OpenDelivery fresh = new OpenDelivery(tracer, delivery, pushes);
        OpenDelivery eldest = null;
        synchronized (open) {
            if (open.size() >= MAX_OPEN) {
                Iterator<OpenDelivery> all = open.values().iterator();
                eldest = all.next();
                all.remove();
            }
            open.put(delivery.id(), fresh);
        }
        if (eldest != null) {
            eldest.giveUp("no more is recorded of it");
        }
        return fresh;
    }

    /** The traced pushes among those whose records are delivered. */
    private List<TraceParent> pushes(Delivery delivery) {
        DeliveryId id = delivery.id();
        NavigableMap<Long, Carried> near =
                tracer.carried().between(id.repo(), id.first(), id.end());
        List<TraceParent> pushes = new ArrayList<>();
        if (near == null) {
            return pushes;
        }
        delivery.forEachBatch(
                (position, arrivedMs) -> {
                    Carried there = near.get(position);
                    if (there != null
                            && there.arrivedMs() == arrivedMs
                            && pushes.size() < MAX_PUSHES) {
                        pushes.add(there.push());
                    }
                });
        return pushes;
    }

    private void over(DeliveryId id) {
        synchronized (open) {
            open.remove(id);
        }
    }

    @Override
    public Future<Void> close() {
        return sink.close().onComplete(closed -> giveUpAll());
    }

    private void giveUpAll() {
        List<OpenDelivery> left;
        synchronized (open) {
            left = List.copyOf(open.values());
            open.clear();
        }
        left.forEach(spans -> spans.giveUp("the export stopped"));
    }
}
