package io.penstock.gateway.http;

import io.penstock.exporter.record.ByteChunks;
import io.penstock.exporter.record.Encoding;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.Inflated;
import io.penstock.gateway.ingest.KnownRepo;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.PushOffer;
import io.penstock.gateway.ingest.RoutingHint;
import io.penstock.model.Receipt;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/repos/{repo}/batches}.
 *
 * @param to the repo in the path
 * @param encoding what the media type says
 * @param said what the headers say
 */
record BatchDialect(Lane lane, KnownRepo to, Encoding encoding, PushHeaders said)
        implements Dialect {

    /** Data ports of the nodes that own the repo's exports, by commas. */
    private static final String OWNERS = "Penstock-Owners";

    /** Version of the assignment that says so: epoch, dot, sequence. */
    private static final String OWNERS_VERSION = "Penstock-Owners-Version";

    @Override
    public KnownRepo repo() {
        return to;
    }

    @Override
    public @Nullable Function<ByteChunks, Inflated> conversion() {
        return null;
    }

    @Override
    public @Nullable Fault take(PushOffer offer, ByteChunks body, int budgeted) {
        offer.producer(said.producerId(), said.sequence());
        return offer.batch(to, said.ack(), encoding, body, budgeted);
    }

    @Override
    public boolean allowsNothing(PushOffer offer) {
        return false;
    }

    @Override
    public void accept(HttpServerRequest request, @Nullable Receipt receipt) {
        if (receipt != null) {
            RoutingHint hint = lane.node().hint(to.name());
            if (hint != null) {
                request.response()
                        .putHeader(OWNERS, String.join(",", hint.owners()))
                        .putHeader(OWNERS_VERSION, hint.version());
            }
            request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, HttpIngress.JSON)
                    .end(JsonAnswers.receipt(lane.node().nodeId(), receipt));
        }
    }

    @Override
    public void refuse(HttpServerRequest request, Fault fault) {
        HttpIngress.refuse(lane, request, fault);
    }
}
