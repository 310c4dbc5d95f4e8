package io.penstock.gateway.door.influx;

import io.penstock.exporter.batching.NamedBatches;
import io.penstock.exporter.lineprotocol.LineProtocol;
import io.penstock.exporter.lineprotocol.Precision;
import io.penstock.gateway.door.DoorRequest;
import io.penstock.gateway.door.Fates;
import io.penstock.gateway.door.GatheredParts;
import io.penstock.gateway.door.Reading;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Lane;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * One body of lines.
 *
 * <p>Threading: read on a worker thread, then confined to the event loop.
 */
final class InfluxRequest implements DoorRequest {
    private static final int NO_CONTENT = 204;

    private final Lane lane;
    private final boolean second;
    private final Precision precision;
    private final String repo;
    private @Nullable Fault spoilt;
    private int line;

    /**
     * A request.
     *
     * @param second whether it is one of version 2
     */
    InfluxRequest(Lane lane, boolean second, Precision precision, String repo) {
        this.lane = lane;
        this.second = second;
        this.precision = precision;
        this.repo = repo;
    }

    @Override
    public Reading read(byte[] body, int length) {
        NamedBatches batches = GatheredParts.within(lane.node().config());
        LineProtocol lines = new LineProtocol(precision, batches);
        lines.read(body, 0, length);
        if (lines.bad() > 0) {
            line = lines.faults().get(0).line();
            spoilt =
                    Fault.of(
                            batches.full() ? FaultKind.TOO_LARGE : FaultKind.MALFORMED,
                            InfluxAnswers.partial(lines.faults(), lines.bad(), lines.records()));
        }
        return GatheredParts.reading(repo, batches);
    }

    @Override
    public void answer(HttpServerRequest request, Fates fates) {
        Fault fault = fates.first();
        // Of the two, the one after which the client may come back with the same goes first.
        if (fault != null) {
            refuse(request, fault);
            return;
        }
        if (spoilt != null) {
            InfluxAnswers.refuse(lane, request, second, spoilt, line);
            return;
        }
        InfluxAnswers.version(request);
        request.response().setStatusCode(NO_CONTENT).end();
    }

    @Override
    public void refuse(HttpServerRequest request, Fault fault) {
        InfluxAnswers.refuse(lane, request, second, fault, 0);
    }
}
