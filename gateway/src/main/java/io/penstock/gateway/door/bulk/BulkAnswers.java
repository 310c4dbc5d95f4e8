package io.penstock.gateway.door.bulk;

import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.http.JsonAnswers;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Lane;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Elasticsearch's words for faults. Source of the types: Elasticsearch's {@code
 * ElasticsearchException} and the reference of its "Bulk API". Threading: any thread.
 */
final class BulkAnswers {
    /** Official clients go on only with a server that says so. */
    static final String PRODUCT_HEADER = "X-Elastic-Product";

    static final String PRODUCT = "Elasticsearch";

    private static final int NOT_AVAILABLE = 503;

    private BulkAnswers() {}

    /** The type of a fault. */
    static String type(FaultKind kind) {
        return switch (kind) {
            case FULL, PENDING -> "es_rejected_execution_exception";
            case UNKNOWN_REPO -> "index_not_found_exception";
            case UNAVAILABLE, ACK_TIMEOUT, STALLED -> "unavailable_shards_exception";
            case UNAUTHENTICATED, FORBIDDEN -> "security_exception";
            case DEFECT -> "exception";
            case UNKNOWN_CODING, UNKNOWN_TYPE -> "media_type_header_exception";
            case TOO_LARGE -> "content_too_long_exception";
            default -> "illegal_argument_exception";
        };
    }

    /** The status of a fault, per item. */
    static int status(FaultKind kind) {
        return switch (kind) {
            case PENDING -> JsonAnswers.status(FaultKind.FULL);
            case ACK_TIMEOUT -> NOT_AVAILABLE;
            default -> JsonAnswers.status(kind);
        };
    }

    /** The object that tells an error. */
    static void error(StringBuilder json, String type, String reason) {
        json.append("{\"type\":\"").append(type).append("\",\"reason\":\"");
        JsonAnswers.escaped(reason, json);
        json.append("\"}");
    }

    /** A whole answer that tells an error. */
    static Buffer whole(String type, String reason, int status) {
        StringBuilder json = new StringBuilder(256);
        json.append("{\"error\":{\"root_cause\":[");
        error(json, type, reason);
        json.append("],\"type\":\"").append(type).append("\",\"reason\":\"");
        JsonAnswers.escaped(reason, json);
        json.append("\"},\"status\":").append(status).append('}');
        return Buffer.buffer(json.toString());
    }

    /** Refuses a request as a whole. */
    static void refuse(Lane lane, HttpServerRequest request, Fault fault) {
        request.response().putHeader(PRODUCT_HEADER, PRODUCT);
        Buffer body = whole(type(fault.kind()), fault.message(), JsonAnswers.status(fault.kind()));
        HttpIngress.refuse(
                lane,
                request,
                fault,
                new HttpIngress.Told(HttpIngress.JSON, body, "application/x-ndjson"));
    }

    /** Answers with JSON. */
    static void send(HttpServerRequest request, int status, Buffer json) {
        request.response()
                .setStatusCode(status)
                .putHeader(PRODUCT_HEADER, PRODUCT)
                .putHeader(HttpHeaders.CONTENT_TYPE, HttpIngress.JSON)
                .end(json);
    }
}
