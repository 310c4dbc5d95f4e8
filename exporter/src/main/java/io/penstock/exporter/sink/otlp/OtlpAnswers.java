package io.penstock.exporter.sink.otlp;

import io.penstock.exporter.push.RetryHint;
import io.penstock.exporter.record.ByteChunks;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Outcome.Cause;
import io.penstock.exporter.sink.web.GrpcAnswer;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.WebAnswer;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * What the target's answers mean; the table stands on the package's page.
 *
 * <p>Threading: confined to one event loop.
 */
final class OtlpAnswers {
    private static final int PREFIX_BYTES = 5;
    private static final int HTTP_OK = 200;
    private static final int SERVER_ERRORS = 500;
    private static final int MAX_TEXT_BYTES = 512;

    /** {@code Export*ServiceResponse.partial_success}, the same for all signals. */
    private static final int PARTIAL_SUCCESS = 1 << 3 | 2;

    /** {@code rejected_log_records}, {@code rejected_data_points}, {@code rejected_spans}. */
    private static final int REJECTED = 1 << 3;

    private static final int ERROR_MESSAGE = 2 << 3 | 2;

    private final OtlpSinkConfig config;
    private final StatusRules rules;

    OtlpAnswers(OtlpSinkConfig config, StatusRules rules) {
        this.config = config;
        this.rules = rules;
    }

    Outcome http(OtlpRequest request, WebAnswer answer) {
        Outcome outcome = rules.outcome(answer);
        if (outcome == Outcome.DELIVERED) {
            return taken(request, answer.body(), 0);
        }
        boolean mayComeAgain =
                switch (answer.status()) {
                    case 429, 502, 503, 504 -> true;
                    default -> StatusRules.MENDED_BY_A_PERSON.contains(answer.status());
                };
        return outcome instanceof Outcome.Retry retry && !mayComeAgain
                ? new Outcome.Rejected(retry.why())
                : outcome;
    }

    Outcome rpc(OtlpRequest request, WebAnswer answer) {
        if (answer.status() != HTTP_OK) {
            // of no server that speaks gRPC, but of something in between
            Outcome whole = rules.outcome(answer);
            return answer.status() < SERVER_ERRORS && whole == Outcome.DELIVERED
                    ? noGrpc("HTTP " + answer.status())
                    : whole;
        }
        GrpcAnswer end = GrpcAnswer.of(answer);
        if (end == null) {
            return noGrpc("no grpc-status");
        }
        long afterMs = RetryHint.ofTrailers(end.end());
        String why = end.why();
        return switch (end.status()) {
            case GrpcAnswer.OK -> taken(request, answer.body(), PREFIX_BYTES);
            case GrpcAnswer.RESOURCE_EXHAUSTED ->
                    afterMs < 0
                            ? new Outcome.Rejected(why)
                            : new Outcome.Retry(afterMs, why, Cause.BUSY);
            case GrpcAnswer.DEADLINE_EXCEEDED -> new Outcome.Retry(afterMs, why, Cause.SLOW);
            case GrpcAnswer.UNAVAILABLE ->
                    new Outcome.Retry(afterMs, why, afterMs < 0 ? Cause.DOWN : Cause.BUSY);
            case GrpcAnswer.CANCELLED,
                    GrpcAnswer.ABORTED,
                    GrpcAnswer.OUT_OF_RANGE,
                    GrpcAnswer.DATA_LOSS,
                    GrpcAnswer.NOT_FOUND,
                    GrpcAnswer.PERMISSION_DENIED,
                    GrpcAnswer.UNIMPLEMENTED,
                    GrpcAnswer.UNAUTHENTICATED ->
                    new Outcome.Retry(afterMs, why, Cause.FAULT);
            default -> new Outcome.Rejected(why);
        };
    }

    private static Outcome noGrpc(String why) {
        return new Outcome.Retry(Outcome.Retry.BACK_OFF, "not an answer of gRPC: " + why);
    }

    /** The target has the request, or a part of it. */
    private Outcome taken(OtlpRequest request, Buffer body, int from) {
        if (body.length() <= from) {
            return Outcome.DELIVERED;
        }
        ByteChunks response = new ByteChunks();
        byte[] bytes = body.getBytes();
        response.add(bytes, from, bytes.length - from);
        response.range(0, response.length());
        long rejected = 0;
        String message = "";
        while (!response.exhausted() && response.fault() == null) {
            int tag = response.tag();
            if (tag == PARTIAL_SUCCESS) {
                // read on inside: no field of the response itself can be taken for one of these
                response.size();
            } else if (tag == REJECTED) {
                rejected = response.varint();
            } else if (tag == ERROR_MESSAGE) {
                message = text(response);
            } else {
                response.skipValue(tag);
            }
        }
        boolean whole = rejected <= 0 || config.onPartialSuccess() == PartialSuccess.ACCEPT;
        return whole ? Outcome.DELIVERED : partly(request, rejected, message);
    }

    private static String text(ByteChunks response) {
        int size = response.size();
        byte[] utf8 = new byte[Math.min(size, MAX_TEXT_BYTES)];
        response.read(utf8, 0, utf8.length);
        response.skip(size - utf8.length);
        return new String(utf8, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static Outcome partly(OtlpRequest request, long rejected, String message) {
        String why =
                "the target dropped "
                        + rejected
                        + " of the "
                        + request.records().cardinality()
                        + " records of the request, and does not say which: "
                        + message;
        return new Outcome.PerRecord(new BitSet(), request.records(), Outcome.Retry.BACK_OFF, why);
    }
}
