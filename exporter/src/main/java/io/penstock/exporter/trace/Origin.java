package io.penstock.exporter.trace;

import io.penstock.model.RepoName;
import io.penstock.model.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Where the batches of one request come from, as far as that is traced.
 *
 * <p>Threading: any thread.
 */
public final class Origin {
    private final Tracer tracer;
    private final @Nullable TraceParent client;

    Origin(Tracer tracer, @Nullable TraceParent client) {
        this.tracer = tracer;
        this.client = client;
    }

    /**
     * A batch of the request is offered now.
     *
     * @param arrivedMs as its entry in the ring will say
     * @return null when it is not traced
     */
    public @Nullable BatchTrace begin(RepoName repo, int records, int bytes, long arrivedMs) {
        TraceParent place = client == null ? tracer.root() : tracer.below(client);
        if (place == null) {
            return null;
        }
        long parent = client == null ? 0 : client.span();
        return new BatchTrace(
                tracer, place, parent, new BatchTrace.Batch(repo, records, bytes, arrivedMs));
    }
}
