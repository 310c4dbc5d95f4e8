package io.penstock.exporter.trace;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.model.DeliveryId;
import io.penstock.model.TraceParent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A delivery under way, from its first attempt on: a span under each traced push that it delivers
 * records of. The first of them is passed on to the target, and linked to the other pushes.
 *
 * <p>Threading: any thread.
 */
final class OpenDelivery {
    /** Attempts that are told one by one: the first ones, and always the last. */
    static final int MAX_EVENTS = 64;

    private final Tracer tracer;
    private final List<TraceParent> pushes;
    private final List<TraceParent> places = new ArrayList<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final long startNs;

    // Guarded by this.
    private final List<Span.Event> events = new ArrayList<>();
    private int attempts;
    private String fault = "";
    private boolean ended;

    OpenDelivery(Tracer tracer, Delivery delivery, List<TraceParent> pushes) {
        this.tracer = tracer;
        this.pushes = pushes;
        this.startNs = tracer.nowNs();
        pushes.forEach(push -> places.add(tracer.below(push)));
        DeliveryId id = delivery.id();
        attributes.put("penstock.repo", id.repo().value());
        attributes.put("penstock.export", id.export());
        attributes.put("penstock.task", id.repo() + "/" + id.export());
        attributes.put("penstock.delivery", id.toString());
        attributes.put("penstock.records", (long) delivery.records());
        attributes.put("penstock.bytes", delivery.bytes());
    }

    /** What the target is told. */
    TraceParent place() {
        return places.get(0);
    }

    /** An attempt came back; one of the two last is there. */
    synchronized void answered(int attempt, @Nullable Outcome outcome, @Nullable Throwable cause) {
        if (ended) {
            return;
        }
        attempts++;
        if (events.size() >= MAX_EVENTS) {
            events.remove(MAX_EVENTS - 1);
        }
        Map<String, Object> said = new HashMap<>();
        said.put("penstock.attempt", (long) attempt);
        said.put("penstock.outcome", word(outcome));
        fault = why(outcome, cause);
        if (!fault.isEmpty()) {
            said.put("penstock.why", fault);
        }
        if (outcome instanceof Outcome.Retry retry) {
            said.put("penstock.cause", retry.cause().name().toLowerCase(Locale.ROOT));
        }
        events.add(new Span.Event("attempt", tracer.nowNs(), said));
    }

    private static String word(@Nullable Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            return "delivered";
        } else if (outcome instanceof Outcome.Rejected) {
            return "rejected";
        } else if (outcome instanceof Outcome.PerRecord) {
            return "per_record";
        }
        return outcome == null ? "failed" : "retry";
    }

    private static String why(@Nullable Outcome outcome, @Nullable Throwable cause) {
        if (outcome instanceof Outcome.Retry retry) {
            return retry.why();
        } else if (outcome instanceof Outcome.Rejected rejected) {
            return rejected.why();
        } else if (outcome instanceof Outcome.PerRecord answers) {
            return answers.why();
        }
        return outcome == null ? String.valueOf(cause) : "";
    }

    /** It is not offered again though the target does not have it. */
    void giveUp(String why) {
        synchronized (this) {
            fault = why;
        }
        end();
    }

    /** It is not offered again. */
    synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        attributes.put("penstock.attempts", (long) attempts);
        long endNs = tracer.nowNs();
        for (int i = 0; i < pushes.size(); i++) {
            tracer.end(
                    new Span(
                            "deliver",
                            Span.Kind.PRODUCER,
                            places.get(i),
                            pushes.get(i).span(),
                            startNs,
                            endNs,
                            attributes,
                            events,
                            i == 0 ? pushes.subList(1, pushes.size()) : List.of(),
                            fault));
        }
    }
}
