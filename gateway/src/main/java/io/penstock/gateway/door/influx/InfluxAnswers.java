package io.penstock.gateway.door.influx;

import io.penstock.exporter.lineprotocol.LineFault;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.http.JsonAnswers;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Lane;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * InfluxDB's words. Source: its references of {@code /write} and {@code /api/v2/write}, status
 * codes, and {@code PartialWriteError} of its sources. Threading: any thread.
 */
final class InfluxAnswers {
    /** The version that clients are told; some choose by it. */
    static final String VERSION = "1.8.10";

    private static final String VERSION_HEADER = "X-Influxdb-Version";

    private InfluxAnswers() {}

    /** What is wrong with a body's lines, as InfluxDB says it, with the place behind. */
    static String partial(List<LineFault> faults, int bad, int good) {
        StringBuilder text = new StringBuilder(256);
        text.append(good > 0 ? "partial write: " : "");
        for (int i = 0; i < faults.size(); i++) {
            LineFault fault = faults.get(i);
            text.append(i == 0 ? "" : "\n");
            text.append("unable to parse '").append(fault.text()).append("': ");
            text.append(fault.reason()).append(" at line ").append(fault.line());
            text.append(", column ").append(fault.column());
        }
        if (good > 0) {
            text.append(" dropped=").append(bad);
        }
        return text.toString();
    }

    /** The body of a refusal. */
    static Buffer body(boolean second, FaultKind kind, String message, int line) {
        StringBuilder json = new StringBuilder(message.length() + 64);
        if (second) {
            json.append("{\"code\":\"").append(code(kind)).append("\",\"message\":\"");
        } else {
            json.append("{\"error\":\"");
        }
        JsonAnswers.escaped(message, json);
        json.append('"');
        if (second && line > 0) {
            json.append(",\"line\":").append(line);
        }
        return Buffer.buffer(json.append('}').toString());
    }

    /** The word of version 2. */
    private static String code(FaultKind kind) {
        return switch (kind) {
            case UNKNOWN_REPO, UNKNOWN_PATH -> "not found";
            case TOO_LARGE -> "request too large";
            case FULL, PENDING -> "too many requests";
            case UNAVAILABLE, ACK_TIMEOUT, STALLED -> "unavailable";
            case WRONG_METHOD -> "method not allowed";
            case UNKNOWN_CODING, UNKNOWN_TYPE -> "unsupported media type";
            case DEFECT -> "internal error";
            default -> "invalid";
        };
    }

    static void refuse(
            Lane lane, HttpServerRequest request, boolean second, Fault fault, int line) {
        version(request);
        request.response().putHeader("X-Influxdb-Error", printable(fault.message()));
        Buffer body = body(second, fault.kind(), fault.message(), line);
        HttpIngress.refuse(
                lane, request, fault, new HttpIngress.Told(HttpIngress.JSON, body, "text/plain"));
    }

    /** What may stand in a header. */
    private static String printable(String message) {
        return message.chars()
                .map(each -> each < ' ' || each > '~' ? ' ' : each)
                .limit(300)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static void version(HttpServerRequest request) {
        request.response().putHeader(VERSION_HEADER, VERSION).putHeader("X-Influxdb-Build", "OSS");
    }
}
