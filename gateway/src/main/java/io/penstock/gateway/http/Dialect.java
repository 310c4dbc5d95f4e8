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
public interface Dialect {
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

    /**
     * Whether the request is a good one though {@link #take} found nothing to offer.
     *
     * @param offer what it found nothing for
     */
    boolean allowsNothing(PushOffer offer);

    /**
     * Goes on with the next part of the request, where it has more than one; also after the client
     * has gone. One of the two is the answer to the part before.
     *
     * @return whether the offer took another part, which is to be offered
     */
    default boolean takesNext(PushOffer offer, @Nullable Receipt receipt, @Nullable Fault fault) {
        return false;
    }

    /** Answers well; there is no receipt where nothing was staged. */
    void accept(HttpServerRequest request, @Nullable Receipt receipt);

    /** Answers with a fault and drops the rest of the request. */
    void refuse(HttpServerRequest request, Fault fault);
}
