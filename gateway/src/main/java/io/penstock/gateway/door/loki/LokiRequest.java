package io.penstock.gateway.door.loki;

import io.penstock.exporter.batching.NamedBatches;
import io.penstock.exporter.loki.PushProtobuf;
import io.penstock.exporter.loki.PushReader;
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

/**
 * One body of lines.
 *
 * <p>Threading: read on a worker thread, then confined to the event loop.
 */
final class LokiRequest implements DoorRequest {
    private static final int NO_CONTENT = 204;

    private final Lane lane;
    private final boolean json;
    private final String repo;

    /**
     * A request.
     *
     * @param json whether the body is JSON, and not protobuf in a block of Snappy
     */
    LokiRequest(Lane lane, boolean json, String repo) {
        this.lane = lane;
        this.json = json;
        this.repo = repo;
    }

    @Override
    public Reading read(byte[] body, int length) {
        NamedBatches batches = GatheredParts.within(lane.node().config());
        String broken;
        if (json) {
            broken = new PushReader(batches).readJson(body, length);
        } else {
            int most = lane.node().config().maxInflatedBytes();
            SnappyBody plain = SnappyBody.of(body, length, most);
            if (plain.fault() != null) {
                return Reading.refused(plain.fault());
            }
            broken = new PushProtobuf(batches).read(plain.bytes(), plain.bytes().length);
        }
        if (broken != null) {
            FaultKind kind = batches.full() ? FaultKind.TOO_LARGE : FaultKind.MALFORMED;
            return Reading.refused(Fault.of(kind, broken));
        }
        return GatheredParts.reading(repo, batches);
    }

    @Override
    public void answer(HttpServerRequest request, Fates fates) {
        Fault fault = fates.first();
        if (fault == null) {
            request.response().setStatusCode(NO_CONTENT).end();
        } else {
            refuse(request, fault);
        }
    }

    @Override
    public void refuse(HttpServerRequest request, Fault fault) {
        PlainAnswers.refuse(lane, request, fault, LokiDoor.ACCEPTED);
    }
}
