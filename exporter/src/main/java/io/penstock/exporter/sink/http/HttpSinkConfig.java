package io.penstock.exporter.sink.http;

import io.penstock.exporter.record.TextTemplate;
import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.web.Http2Mode;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.WebTarget;
import io.penstock.exporter.tls.ClientTls;
import io.penstock.model.Setting;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys of the http sink.
 *
 * @param url where requests go
 * @param method of the requests
 * @param headers sent with every request
 * @param format form of the records
 * @param template line of the format text
 * @param compression how bodies are packed
 * @param timeoutMs time for a request from its beginning to the end of its answer
 * @param maxConnections connections open at once
 * @param http2 when HTTP/2 is spoken
 * @param retryStatuses 4xx that are retried beside 408, 425 and 429
 * @param idempotent whether the target honours the Idempotency-Key
 * @param caFile certificates to trust instead of the platform's
 * @param certFile certificate that this side shows
 * @param keyFile its key
 * @param trustAll whether any certificate is taken
 */
public record HttpSinkConfig(
        @Setting(doc = "Where requests go: http:// or https://, host, port, path, query.")
                String url,
        @Setting(value = "POST", doc = "Method of the requests: POST, PUT or PATCH.") String method,
        @Setting(
                        value = "{}",
                        doc = "Headers of every request, e.g. authorization. They win over ours.",
                        secret = true)
                Map<String, String> headers,
        @Setting(
                        value = "ndjson",
                        doc =
                                "ndjson, json_array, text (see template), or protobuf: frames of a"
                                        + " varint length and a penstock.record.v1.RecordBatch.")
                BodyFormat format,
        @Setting(
                        value = "$${message}",
                        doc =
                                "Line of the format text: ${field} is a value, ${time} the time,"
                                        + " $$ a dollar sign. Write $${field} in this file, which"
                                        + " has its own use of ${...}.")
                String template,
        @Setting(
                        value = "none",
                        doc = "none, gzip or zstd. none, since not every server unpacks requests.")
                Compression compression,
        @Setting(value = WebTarget.TIMEOUT, doc = WebTarget.TIMEOUT_DOC) long timeoutMs,
        @Setting(value = WebTarget.CONNECTIONS, doc = WebTarget.CONNECTIONS_DOC) int maxConnections,
        @Setting(
                        value = "auto",
                        doc =
                                "auto: HTTP/2 where TLS negotiates it; off: HTTP/1.1;"
                                        + " prior_knowledge: HTTP/2 without TLS too.")
                Http2Mode http2,
        @Setting(
                        value = "[401, 403, 404, 405, 407]",
                        doc =
                                "4xx that are retried beside 408, 425 and 429: by default those"
                                        + " that a person mends in a configuration.")
                List<Integer> retryStatuses,
        @Setting(
                        value = "false",
                        doc =
                                "State true when the target drops a second request with the same"
                                        + " Idempotency-Key.")
                boolean idempotent,
        @Setting(value = "\"\"", doc = WebTarget.CA_FILE_DOC) String caFile,
        @Setting(value = "\"\"", doc = WebTarget.CERT_FILE_DOC) String certFile,
        @Setting(value = "\"\"", doc = WebTarget.KEY_FILE_DOC) String keyFile,
        @Setting(value = "false", doc = WebTarget.TRUST_ALL_DOC) boolean trustAll) {

    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH");

    /** Checks the values. */
    public HttpSinkConfig {
        headers = Map.copyOf(headers);
        new WebTarget(
                url,
                headers,
                timeoutMs,
                maxConnections,
                http2,
                new ClientTls(caFile, certFile, keyFile, trustAll));
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("method: must be POST, PUT or PATCH, is " + method);
        }
        if (format == BodyFormat.TEXT) {
            checkTemplate(template);
        }
        retryStatuses = List.copyOf(retryStatuses);
        for (int status : retryStatuses) {
            if (status < 400 || status > 499) {
                throw new IllegalArgumentException("retry_statuses: must be 4xx, has " + status);
            }
        }
    }

    /** Every key but the URL at its default. */
    public static HttpSinkConfig of(String url) {
        return new HttpSinkConfig(
                url,
                "POST",
                Map.of(),
                BodyFormat.NDJSON,
                "${message}",
                Compression.NONE,
                30_000,
                32,
                Http2Mode.AUTO,
                StatusRules.MENDED_BY_A_PERSON,
                false,
                "",
                "",
                "",
                false);
    }

    WebTarget target() {
        return new WebTarget(
                url,
                headers,
                timeoutMs,
                maxConnections,
                http2,
                new ClientTls(caFile, certFile, keyFile, trustAll));
    }

    private static void checkTemplate(String template) {
        try {
            new TextTemplate(template);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("template: " + unreadable.getMessage(), unreadable);
        }
    }
}
