package io.penstock.gateway.grpc;

import io.penstock.gateway.ingest.Coding;
import io.penstock.gateway.ingest.Discard;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.IngressCounters;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.Transport;
import io.penstock.gateway.otlp.OtlpConfig;
import io.penstock.gateway.otlp.OtlpDoor;
import io.penstock.gateway.otlp.OtlpSignal;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * gRPC on the data port. The methods of {@code IngestService} and {@code Export} of OTLP go to
 * {@link PushCall}; every other request of type {@code application/grpc} goes to the services
 * beside it.
 *
 * <p>Threading: confined to the event loop of its lane.
 */
public final class GrpcIngress implements Transport {
    static final String SERVICE = "/penstock.ingest.v1.IngestService/";
    static final String PUSH = SERVICE + "Push";
    static final String PUSH_STREAM = SERVICE + "PushStream";
    static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("application/grpc");

    private static final String HEALTH = "/grpc.health.v1.Health/";
    private static final String GRPC_TYPE = "application/grpc";
    private static final Method UNARY = new Method.Push("Push", true);
    private static final Method STREAM = new Method.Push("PushStream", false);
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int OK = 200;

    private final Lane lane;
    private final Handler<HttpServerRequest> others;
    private final Answers answers;
    private final OtlpDoor otlp;

    /**
     * Makes the gRPC of one event loop.
     *
     * @param others makes what answers all other services, as {@link ControlServices} does
     */
    public GrpcIngress(Lane lane, Function<Lane, Handler<HttpServerRequest>> others) {
        this(lane, others, OtlpConfig.DEFAULT);
    }

    /** The same, with settings for OTLP. */
    public GrpcIngress(
            Lane lane, Function<Lane, Handler<HttpServerRequest>> others, OtlpConfig otlp) {
        this.otlp = new OtlpDoor(lane, otlp);
        this.lane = lane;
        this.others = others.apply(lane);
        this.answers = new Answers(lane.node());
    }

    @Override
    public boolean takes(HttpServerRequest request) {
        String type = request.headers().get(HttpHeaders.CONTENT_TYPE);
        return (type != null && type.startsWith(GRPC_TYPE))
                || (request.uri() != null && request.uri().startsWith(SERVICE));
    }

    /** Health, which whoever restarts nodes asks. */
    @Override
    public boolean isForAll(HttpServerRequest request) {
        return request.uri().startsWith(HEALTH);
    }

    @Override
    public void turnAway(Lane here, HttpServerRequest request, Fault fault) {
        refuse(request, fault);
    }

    @Override
    public void handle(HttpServerRequest request) {
        String uri = request.uri();
        if (!uri.startsWith(SERVICE) && OtlpSignal.ofRpc(uri) == null) {
            other(request);
            return;
        }
        if (!request.method().equals(HttpMethod.POST)) {
            request.response()
                    .setStatusCode(METHOD_NOT_ALLOWED)
                    .putHeader(HttpHeaders.ALLOW, "POST")
                    .end();
            return;
        }
        if (request.version() != HttpVersion.HTTP_2
                || !ours(request.headers().get(HttpHeaders.CONTENT_TYPE))) {
            request.response().setStatusCode(UNSUPPORTED_MEDIA_TYPE).end();
            return;
        }
        call(request, uri);
    }

    /**
     * Vert.x undoes gzip without a limit of what comes out, and leaves a call hanging whose coding
     * it does not know; what these services are asked is a name, which needs none.
     */
    private void other(HttpServerRequest request) {
        String encoding = request.headers().get("grpc-encoding");
        if (encoding == null || encoding.equals("identity")) {
            others.handle(request);
        } else {
            refuse(
                    request,
                    Fault.of(FaultKind.UNKNOWN_CODING, "this service takes no grpc-encoding"));
        }
    }

    private @Nullable Method method(HttpServerRequest request, String uri) {
        OtlpSignal signal = OtlpSignal.ofRpc(uri);
        if (signal != null) {
            return new Method.Export(otlp, signal, OtlpDoor.Headers.read(request.headers()));
        }
        return switch (uri) {
            case PUSH -> UNARY;
            case PUSH_STREAM -> STREAM;
            default -> null;
        };
    }

    private void call(HttpServerRequest request, String uri) {
        Method method = method(request, uri);
        if (method == null) {
            refuse(request, Fault.of(FaultKind.UNKNOWN_PATH, "no such method: " + uri));
            return;
        }
        String encoding = request.headers().get("grpc-encoding");
        Coding coding = Coding.of(encoding);
        long timeoutMs = Timeout.parse(request.headers().get("grpc-timeout"));
        if (coding == null) {
            refuse(
                    request,
                    Fault.of(FaultKind.UNKNOWN_CODING, "unknown grpc-encoding " + encoding));
        } else if (timeoutMs == Timeout.BAD) {
            refuse(request, Fault.of(FaultKind.BAD_FRAMING, "grpc-timeout is no time-out"));
        } else if (lane.node().draining()) {
            refuse(request, lane.node().drainingFault());
        } else {
            new PushCall(lane, answers, request, method, coding).begin(timeoutMs);
        }
    }

    /** Whether a content type is protobuf over gRPC, with or without parameters. */
    private static boolean ours(@Nullable String type) {
        if (type == null || !type.startsWith(GRPC_TYPE)) {
            return false;
        }
        String rest = type.substring(GRPC_TYPE.length());
        return rest.isEmpty() || rest.startsWith(";") || rest.startsWith("+proto");
    }

    private void refuse(HttpServerRequest request, Fault fault) {
        IngressCounters counters = lane.node().grpc();
        counters.fault(fault.kind());
        HttpServerResponse response = request.response();
        response.setStatusCode(OK).putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE);
        Status.write(fault, response.headers());
        response.end();
        Discard.rest(lane, request);
    }
}
