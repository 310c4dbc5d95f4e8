package io.penstock.gateway.http;

import io.penstock.exporter.record.Encoding;
import io.penstock.gateway.ingest.Coding;
import io.penstock.gateway.ingest.Discard;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Holdback;
import io.penstock.gateway.ingest.KnownRepo;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.Transport;
import io.penstock.gateway.otlp.OtlpConfig;
import io.penstock.gateway.otlp.OtlpDoor;
import io.penstock.gateway.otlp.OtlpSignal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * HTTP on the data port: {@code POST /v1/repos/{repo}/batches}, and OTLP, over HTTP/2 and HTTP/1.1.
 *
 * <p>Threading: confined to the event loop of its lane.
 */
public final class HttpIngress implements Transport {
    /** Media type of JSON. */
    public static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    private static final long MILLIS_PER_SECOND = 1000;

    private final Lane lane;
    private final BatchPath path;
    private final OtlpDoor otlp;

    /** Makes the HTTP of one event loop. */
    public HttpIngress(Lane lane) {
        this(lane, OtlpConfig.DEFAULT);
    }

    /** The same, with settings for OTLP. */
    public HttpIngress(Lane lane, OtlpConfig otlp) {
        this.lane = lane;
        this.otlp = new OtlpDoor(lane, otlp);
        this.path = new BatchPath(lane);
    }

    @Override
    public boolean takes(HttpServerRequest request) {
        return true;
    }

    @Override
    public void handle(HttpServerRequest request) {
        OtlpSignal signal = OtlpSignal.ofHttp(request.path());
        if (signal != null) {
            export(request, signal);
        } else {
            batch(request);
        }
    }

    @Override
    public void turnAway(Lane here, HttpServerRequest request, Fault fault) {
        OtlpSignal signal = OtlpSignal.ofHttp(request.path());
        if (signal == null) {
            refuse(request, fault);
            return;
        }
        boolean json =
                MediaTypes.encoding(request.getHeader(HttpHeaders.CONTENT_TYPE))
                        == Encoding.JSON_ARRAY;
        OtlpDoor.Headers said = OtlpDoor.Headers.read(request.headers());
        new OtlpDialect(lane, otlp, signal, said, json).refuse(request, fault);
    }

    private void export(HttpServerRequest request, OtlpSignal signal) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        Encoding form = MediaTypes.encoding(type);
        boolean json = form == Encoding.JSON_ARRAY;
        boolean known = json || (form == Encoding.NATIVE && !String.valueOf(type).contains("vnd."));
        Coding coding = Coding.ofBody(request.headers());
        OtlpDoor.Headers said = OtlpDoor.Headers.read(request.headers());
        Dialect dialect = new OtlpDialect(lane, otlp, signal, said, json);
        Fault fault = said.fault() == null ? tooLong(lane, request) : said.fault();
        if (!request.method().equals(HttpMethod.POST)) {
            fault = Fault.of(FaultKind.WRONG_METHOD, "telemetry is sent with POST");
        } else if (lane.node().draining()) {
            fault = lane.node().drainingFault();
        } else if (!known) {
            fault =
                    Fault.of(
                            FaultKind.UNKNOWN_TYPE,
                            "Content-Type must be one of " + OtlpDialect.ACCEPTED);
        } else if (coding == null) {
            fault = unknownCoding();
        }
        if (fault != null || coding == null) {
            dialect.refuse(request, fault == null ? unknownCoding() : fault);
            return;
        }
        begin(lane, request, coding, dialect);
    }

    /** Reads the body of a request whose headers were found good, and goes on by the dialect. */
    public static void begin(Lane lane, HttpServerRequest request, Coding coding, Dialect dialect) {
        HttpPush push = new HttpPush(lane, request, coding, dialect);
        Fault fault = push.claim(announced(request));
        if (fault != null) {
            dialect.refuse(request, fault);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        push.begin();
    }

    /** Length of the body as it comes over the wire, 0 when it is not said. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    /** The fault of a Content-Encoding that is not known here. */
    public static Fault unknownCoding() {
        return Fault.of(
                FaultKind.UNKNOWN_CODING,
                "Content-Encoding must be one of " + Coding.ACCEPTED + ", identity");
    }

    private void batch(HttpServerRequest request) {
        if (!path.read(request.path())) {
            refuse(request, Fault.of(FaultKind.UNKNOWN_PATH, "nothing is under this path"));
            return;
        }
        if (!request.method().equals(HttpMethod.POST)) {
            refuse(request, Fault.of(FaultKind.WRONG_METHOD, "batches are sent with POST"));
            return;
        }
        KnownRepo repo = path.repo();
        PushHeaders said = PushHeaders.read(request.headers());
        Encoding encoding = MediaTypes.encoding(request.getHeader(HttpHeaders.CONTENT_TYPE));
        Coding coding = Coding.ofBody(request.headers());
        Fault fault = fault(request, said, encoding, coding);
        if (fault != null || repo == null || encoding == null || coding == null) {
            refuse(request, fault == null ? badName() : fault);
            return;
        }
        begin(lane, request, coding, new BatchDialect(lane, repo, encoding, said));
    }

    private @Nullable Fault fault(
            HttpServerRequest request,
            PushHeaders said,
            @Nullable Encoding encoding,
            @Nullable Coding coding) {
        if (lane.node().draining()) {
            return lane.node().drainingFault();
        }
        if (path.repo() == null) {
            return badName();
        }
        if (encoding == null) {
            return Fault.of(
                    FaultKind.UNKNOWN_TYPE,
                    "Content-Type must be one of " + MediaTypes.ACCEPTED + ", text in UTF-8");
        }
        if (coding == null) {
            return unknownCoding();
        }
        return said.fault() == null ? tooLong(lane, request) : said.fault();
    }

    private Fault badName() {
        return Fault.of(FaultKind.MALFORMED, path.fault());
    }

    /** What is wrong with the announced length of a body, or null. */
    public static @Nullable Fault tooLong(Lane lane, HttpServerRequest request) {
        String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        int limit = lane.node().config().maxBatchBytes();
        // Vert.x has refused what is not a number; one of more than 18 digits is too long anyway.
        if (announced != null && (announced.length() > 18 || Long.parseLong(announced) > limit)) {
            return tooLong(announced + " bytes", limit);
        }
        return null;
    }

    static Fault tooLong(String size, int limit) {
        return Fault.of(FaultKind.TOO_LARGE, "body of " + size + ", the limit is " + limit);
    }

    private void refuse(HttpServerRequest request, Fault fault) {
        refuse(lane, request, fault);
    }

    /** Answers with a fault, perhaps in a moment, and drops the rest of the request. */
    static void refuse(Lane lane, HttpServerRequest request, Fault fault) {
        refuse(lane, request, fault, new Told(JSON, JsonAnswers.fault(fault), MediaTypes.ACCEPTED));
    }

    /**
     * How a fault is told.
     *
     * @param accepted media types that would be taken
     */
    public record Told(CharSequence contentType, Buffer body, String accepted) {}

    /** The same, told otherwise. */
    public static void refuse(Lane lane, HttpServerRequest request, Fault fault, Told told) {
        lane.node().http().fault(fault.kind());
        HttpServerResponse response = request.response();
        response.setStatusCode(JsonAnswers.status(fault.kind()));
        response.putHeader(HttpHeaders.CONTENT_TYPE, told.contentType());
        if (fault.retryAfterMs() >= 0) {
            long seconds = (fault.retryAfterMs() + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND;
            response.putHeader("Retry-After", Long.toString(Math.max(1, seconds)));
            response.putHeader("Penstock-Retry-After-Ms", Long.toString(fault.retryAfterMs()));
        }
        switch (fault.kind()) {
            case WRONG_METHOD -> response.putHeader(HttpHeaders.ALLOW, "POST");
            case UNAUTHENTICATED -> response.putHeader(WWW_AUTHENTICATE, CHALLENGE);
            case UNKNOWN_CODING -> response.putHeader(HttpHeaders.ACCEPT_ENCODING, Coding.ACCEPTED);
            case UNKNOWN_TYPE -> response.putHeader("Accept-Post", told.accepted());
            default -> {
                // The status says it all.
            }
        }
        Holdback.answer(
                lane,
                request,
                fault,
                () -> {
                    response.end(told.body());
                    Discard.rest(lane, request);
                });
    }
}
