package io.penstock.gateway.door.loki;

import io.penstock.gateway.door.DoorDialect;
import io.penstock.gateway.door.PlainAnswers;
import io.penstock.gateway.ingest.Coding;
import io.penstock.gateway.ingest.Discard;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.Transport;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /loki/api/v1/push}, and {@code GET /ready}. Source: Loki's reference, "HTTP API".
 * Threading: confined to the event loop of its lane.
 */
public final class LokiDoor implements Transport {
    static final String ACCEPTED = "application/json, application/x-protobuf";

    private static final String PUSH = "/loki/api/v1/push";
    private static final String READY = "/ready";

    private final Lane lane;
    private final LokiDoorConfig config;

    /** The door of one event loop. */
    public LokiDoor(Lane lane, LokiDoorConfig config) {
        this.lane = lane;
        this.config = config;
    }

    @Override
    public boolean takes(HttpServerRequest request) {
        return PUSH.equals(request.path()) || READY.equals(request.path());
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (READY.equals(request.path())) {
            request.response().end("ready\n");
            Discard.rest(lane, request);
            return;
        }
        String type = mediaType(request.getHeader(HttpHeaders.CONTENT_TYPE));
        boolean json = type.equals("application/json");
        Fault fault = null;
        if (!request.method().equals(HttpMethod.POST)) {
            fault = Fault.of(FaultKind.WRONG_METHOD, "lines are pushed with POST");
        } else if (!json && !type.equals("application/x-protobuf")) {
            fault = Fault.of(FaultKind.UNKNOWN_TYPE, "Content-Type must be one of " + ACCEPTED);
        }
        if (fault != null) {
            PlainAnswers.refuse(lane, request, fault, ACCEPTED);
            return;
        }
        String repo = DoorDialect.repo(request);
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        // The binary form is a block of Snappy, which some name as a coding and some do not.
        boolean named = !json && "snappy".equals(coding);
        Coding packed = named ? Coding.IDENTITY : Coding.ofBody(request.headers());
        DoorDialect.begin(
                lane,
                request,
                packed,
                new LokiRequest(lane, json, repo == null ? config.defaultRepo().value() : repo));
    }

    /** The type without its parameters; what comes without one is binary. */
    private static String mediaType(@Nullable String header) {
        if (header == null) {
            return "application/x-protobuf";
        }
        int end = header.indexOf(';');
        String name = end < 0 ? header : header.substring(0, end);
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
