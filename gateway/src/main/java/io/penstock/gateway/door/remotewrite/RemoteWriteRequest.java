package io.penstock.gateway.door.remotewrite;

import io.penstock.exporter.batching.NamedBatches;
import io.penstock.exporter.prometheus.WriteRequestReader;
import io.penstock.gateway.door.DoorRequest;
import io.penstock.gateway.door.Fates;
import io.penstock.gateway.door.GatheredParts;
import io.penstock.gateway.door.PlainAnswers;
import io.penstock.gateway.door.Reading;
import io.penstock.gateway.door.SnappyBody;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Lane;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * One body of samples.
 *
 * <p>Threading: read on a worker thread, then confined to the event loop.
 */
final class RemoteWriteRequest implements DoorRequest {
    private static final int NO_CONTENT = 204;

    private final Lane lane;
    private final String repo;
    private @Nullable Fault spoilt;

    RemoteWriteRequest(Lane lane, String repo) {
        this.lane = lane;
        this.repo = repo;
    }

    @Override
    public Reading read(byte[] body, int length) {
        SnappyBody plain = SnappyBody.of(body, length, lane.node().config().maxInflatedBytes());
        if (plain.fault() != null) {
            return Reading.refused(plain.fault());
        }
        NamedBatches batches = GatheredParts.within(lane.node().config());
        WriteRequestReader reader = new WriteRequestReader(batches);
        String broken = reader.read(plain.bytes(), plain.bytes().length);
        if (broken != null) {
            return Reading.refused(Fault.of(FaultKind.MALFORMED, broken));
        }
        if (reader.refused() > 0) {
            spoilt =
                    Fault.of(
                            FaultKind.MALFORMED,
                            reader.refused()
                                    + " of the samples were not taken, the others were: "
                                    + reader.reason());
        }
        return GatheredParts.reading(repo, batches);
    }

    @Override
    public void answer(HttpServerRequest request, Fates fates) {
        Fault fault = fates.first() == null ? spoilt : fates.first();
        if (fault == null) {
            request.response().setStatusCode(NO_CONTENT).end();
        } else {
            refuse(request, fault);
        }
    }

    @Override
    public void refuse(HttpServerRequest request, Fault fault) {
        PlainAnswers.refuse(lane, request, fault, "application/x-protobuf");
    }
}
