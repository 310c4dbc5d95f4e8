package io.penstock.gateway.http;

import io.penstock.exporter.record.ByteChunks;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.Inflated;
import io.penstock.gateway.ingest.KnownRepo;
import io.penstock.gateway.ingest.PushOffer;
import io.penstock.model.Receipt;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of request is understood and answered. Threading: confined to the event loop of its
 * lane.
 */
interface Dialect {
    /** The repo where headers or the path name it, else null. */
    default @Nullable KnownRepo repo() {
        return null;
    }

    /** What turns the body into what is staged, off the event loop; null where it is that. */
    @Nullable Function<ByteChunks, Inflated> conversion();

    /**
     * Has an offer take the body, which the offer gives back.
     *
     * @return what is wrong with it, or null when it may be offered
     */
    @Nullable Fault take(PushOffer offer, ByteChunks body, int budgeted);

    /** Whether a request without a record is a good one, with nothing to stage. */
    boolean allowsEmpty();

    /** Answers well; there is no receipt where nothing was staged. */
    void accept(HttpServerRequest request, @Nullable Receipt receipt);

    /** Answers with a fault and drops the rest of the request. */
    void refuse(HttpServerRequest request, Fault fault);
}
