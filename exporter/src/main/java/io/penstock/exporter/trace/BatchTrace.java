package io.penstock.exporter.trace;

import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import io.penstock.model.TraceParent;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A traced batch from its offer to its answer: the span {@code push}, and {@code stage} until it
 * lies in the ring.
 *
 * <p>Threading: confined to the event loop that offers it.
 */
public final class BatchTrace {
    private static final long NOWHERE = -1;

    private final Tracer tracer;
    private final TraceParent place;
    private final long parent;
    private final Batch batch;
    private final long startNs;
    private long stagedNs;
    private long position = NOWHERE;

    /** What is offered. */
    record Batch(RepoName repo, int records, int bytes, long arrivedMs) {}

    BatchTrace(Tracer tracer, TraceParent place, long parent, Batch batch) {
        this.tracer = tracer;
        this.place = place;
        this.parent = parent;
        this.batch = batch;
        this.startNs = tracer.nowNs();
    }

    /**
     * The bytes lie in the ring, at this position, and nobody sees them yet: from here on whoever
     * delivers them finds the push.
     */
    public void placed(long entryPosition) {
        position = entryPosition;
        stagedNs = tracer.nowNs();
        tracer.carried().put(batch.repo(), entryPosition, batch.arrivedMs(), place);
    }

    /** The client is answered well. */
    public void accepted(Receipt receipt) {
        Map<String, Object> attributes = attributes();
        attributes.put("penstock.epoch", HexFormat.of().toHexDigits(receipt.epoch()));
        attributes.put("penstock.position", receipt.firstPosition());
        attributes.put("penstock.duplicate", receipt.duplicate());
        end(attributes, "");
    }

    /** The client is refused. */
    public void refused(String why) {
        end(attributes(), why);
    }

    private Map<String, Object> attributes() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("penstock.repo", batch.repo().value());
        attributes.put("penstock.records", (long) batch.records());
        attributes.put("penstock.bytes", (long) batch.bytes());
        return attributes;
    }

    private void end(Map<String, Object> attributes, String fault) {
        if (position != NOWHERE) {
            tracer.end(
                    new Span(
                            "stage",
                            Span.Kind.INTERNAL,
                            tracer.below(place),
                            place.span(),
                            startNs,
                            stagedNs,
                            Map.of(
                                    "penstock.repo",
                                    batch.repo().value(),
                                    "penstock.position",
                                    position),
                            List.of(),
                            List.of(),
                            ""));
        }
        tracer.end(
                new Span(
                        "push",
                        Span.Kind.SERVER,
                        place,
                        parent,
                        startNs,
                        tracer.nowNs(),
                        attributes,
                        List.of(),
                        List.of(),
                        fault));
    }
}
