package io.penstock.gateway.door.remotewrite;

import io.penstock.gateway.door.DoorDialect;
import io.penstock.gateway.door.PlainAnswers;
import io.penstock.gateway.ingest.Coding;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.Transport;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/write}. Threading: confined to the event loop of its lane. */
public final class RemoteWriteDoor implements Transport {
    private static final String PATH = "/api/v1/write";

    private final Lane lane;
    private final RemoteWriteDoorConfig config;

    /** The door of one event loop. */
    public RemoteWriteDoor(Lane lane, RemoteWriteDoorConfig config) {
        this.lane = lane;
        this.config = config;
    }

    @Override
    public boolean takes(HttpServerRequest request) {
        return PATH.equals(request.path());
    }

    @Override
    public void handle(HttpServerRequest request) {
        Fault fault = fault(request);
        if (fault != null) {
            PlainAnswers.refuse(lane, request, fault, "application/x-protobuf");
            return;
        }
        String repo = DoorDialect.repo(request);
        // Snappy is no coding of the data port: the body is a block, and a part of the protocol.
        DoorDialect.begin(
                lane,
                request,
                Coding.IDENTITY,
                new RemoteWriteRequest(lane, repo == null ? config.defaultRepo().value() : repo));
    }

    private static @Nullable Fault fault(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            return Fault.of(FaultKind.WRONG_METHOD, "samples are sent with POST");
        }
        String type = word(request.getHeader(HttpHeaders.CONTENT_TYPE));
        boolean first = type.isEmpty() || type.contains("proto=prometheus.writerequest");
        if (!first && !type.equals("application/x-protobuf")) {
            return Fault.of(
                    FaultKind.UNKNOWN_TYPE,
                    "Content-Type must be application/x-protobuf with proto=prometheus.WriteRequest"
                            + " or without: remote write 1.0");
        }
        String coding = word(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        return coding.equals("snappy")
                ? null
                : Fault.of(FaultKind.UNKNOWN_CODING, "Content-Encoding must be snappy");
    }

    private static String word(@Nullable String header) {
        return header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
    }
}
