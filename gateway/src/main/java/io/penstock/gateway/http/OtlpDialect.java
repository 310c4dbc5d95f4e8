package io.penstock.gateway.http;

import io.penstock.exporter.otlp.OtlpJson;
import io.penstock.exporter.record.BatchFault;
import io.penstock.exporter.record.ByteChunks;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Inflated;
import io.penstock.gateway.ingest.KnownRepo;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.PushOffer;
import io.penstock.gateway.otlp.OtlpDoor;
import io.penstock.gateway.otlp.OtlpSignal;
import io.penstock.gateway.otlp.RpcStatus;
import io.penstock.model.Receipt;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/logs, /v1/metrics, /v1/traces} after the OTLP specification 1.10, "OTLP/HTTP": an
 * answer has the encoding of its request, a refusal is a {@code google.rpc.Status}.
 *
 * @param said what the headers say
 * @param json whether the request is JSON
 */
record OtlpDialect(Lane lane, OtlpDoor door, OtlpSignal signal, OtlpDoor.Headers said, boolean json)
        implements Dialect {

    static final String ACCEPTED = "application/x-protobuf, application/json";

    private static final CharSequence PROTOBUF =
            HttpHeaders.createOptimized("application/x-protobuf");

    // google.rpc.Code
    private static final int INVALID_ARGUMENT = 3;
    private static final int DEADLINE_EXCEEDED = 4;
    private static final int NOT_FOUND = 5;
    private static final int PERMISSION_DENIED = 7;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNIMPLEMENTED = 12;
    private static final int INTERNAL = 13;
    private static final int UNAVAILABLE = 14;
    private static final int UNAUTHENTICATED = 16;

    @Override
    public @Nullable KnownRepo repo() {
        return door.repo(said);
    }

    @Override
    public @Nullable Function<ByteChunks, Inflated> conversion() {
        return json ? this::converted : null;
    }

    private Inflated converted(ByteChunks body) {
        byte[] text = new byte[body.length()];
        body.range(0, text.length);
        body.read(text, 0, text.length);
        WriteBuffer protobuf = new WriteBuffer(text.length / 2);
        BatchFault fault =
                new OtlpJson().convert(signal.encoding(), text, 0, text.length, protobuf);
        if (fault != null) {
            return Inflated.failed(Fault.of(fault));
        }
        ByteChunks made = new ByteChunks();
        made.add(protobuf.array(), 0, protobuf.length());
        return Inflated.of(made);
    }

    @Override
    public @Nullable Fault take(PushOffer offer, ByteChunks body, int budgeted) {
        return door.take(offer, signal, said, body, budgeted);
    }

    /** What holds no record is answered like any other. */
    @Override
    public boolean allowsNothing(PushOffer offer) {
        return offer.isEmpty();
    }

    /** An {@code Export*ServiceResponse} without fields. */
    @Override
    public void accept(HttpServerRequest request, @Nullable Receipt receipt) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, json ? HttpIngress.JSON : PROTOBUF)
                .end(json ? Buffer.buffer("{}") : Buffer.buffer());
    }

    @Override
    public void refuse(HttpServerRequest request, Fault fault) {
        int code = code(fault.kind());
        Buffer body =
                json
                        ? JsonAnswers.rpcStatus(code, fault)
                        : Buffer.buffer(RpcStatus.bytes(code, fault));
        HttpIngress.refuse(
                lane,
                request,
                fault,
                new HttpIngress.Told(json ? HttpIngress.JSON : PROTOBUF, body, ACCEPTED));
    }

    private static int code(FaultKind kind) {
        return switch (kind) {
            case MALFORMED, BAD_SEQUENCE, BAD_FRAMING, TOO_LARGE -> INVALID_ARGUMENT;
            case ACK_TIMEOUT, STALLED -> DEADLINE_EXCEEDED;
            case UNKNOWN_REPO, UNKNOWN_PATH -> NOT_FOUND;
            case FULL -> RESOURCE_EXHAUSTED;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case FORBIDDEN -> PERMISSION_DENIED;
            case UNKNOWN_CODING, UNKNOWN_TYPE, WRONG_METHOD -> UNIMPLEMENTED;
            case DEFECT -> INTERNAL;
            case PENDING, UNAVAILABLE -> UNAVAILABLE;
        };
    }
}
