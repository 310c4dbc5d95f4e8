package io.penstock.exporter.sink.http;

import io.penstock.exporter.record.TextTemplate;
import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.model.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
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
 * @param trustAll whether any certificate is taken
 */
public record HttpSinkConfig(
        @Setting(doc = "Where requests go: http:// or https://, host, port, path, query.")
                String url,
        @Setting(value = "POST", doc = "Method of the requests: POST, PUT or PATCH.") String method,
        @Setting(
                        value = "{}",
                        doc = "Headers of every request, e.g. authorization. They win over ours.")
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
        @Setting(
                        value = "30s",
                        doc = "A request without its whole answer by then is given up and retried.")
                long timeoutMs,
        @Setting(
                        value = "32",
                        doc =
                                "Connections open at once (HTTP/1.1); as many as deliveries can be"
                                        + " in flight, so that none waits for another.")
                int maxConnections,
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
        @Setting(
                        value = "\"\"",
                        doc = "PEM file of certificates to trust instead of the platform's.")
                String caFile,
        @Setting(value = "false", doc = "Take any certificate. For tests only.") boolean trustAll) {

    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH");

    /** Headers that frame the request; a second opinion on them would break it. */
    private static final Set<String> OURS =
            Set.of("content-length", "transfer-encoding", "connection", "content-encoding", "host");

    static final int MAX_CONNECTIONS = 1024;
    static final long MAX_TIMEOUT_MS = 3_600_000;

    /** Checks the values. */
    public HttpSinkConfig {
        checkUrl(url);
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("method: must be POST, PUT or PATCH, is " + method);
        }
        headers = Map.copyOf(headers);
        headers.forEach(HttpSinkConfig::checkHeader);
        if (format == BodyFormat.TEXT) {
            checkTemplate(template);
        }
        if (timeoutMs < 1 || timeoutMs > MAX_TIMEOUT_MS) {
            throw new IllegalArgumentException("timeout_ms: must be 1 ms to 1 h, is " + timeoutMs);
        }
        if (maxConnections < 1 || maxConnections > MAX_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "max_connections: must be 1 to " + MAX_CONNECTIONS + ", is " + maxConnections);
        }
        retryStatuses = List.copyOf(retryStatuses);
        for (int status : retryStatuses) {
            if (status < 400 || status > 499) {
                throw new IllegalArgumentException("retry_statuses: must be 4xx, has " + status);
            }
        }
        if (trustAll && !caFile.isEmpty()) {
            throw new IllegalArgumentException("ca_file: has no effect with trust_all");
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
                List.of(401, 403, 404, 405, 407),
                false,
                "",
                false);
    }

    private static void checkUrl(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null) {
                throw new IllegalArgumentException(
                        "url: must be http://host... or https://host..., is " + url);
            }
            if (uri.getUserInfo() != null) {
                throw new IllegalArgumentException(
                        "url: must not hold credentials; use the header authorization");
            }
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("url: " + malformed.getMessage(), malformed);
        }
    }

    private static void checkHeader(String name, String value) {
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("headers: " + name + " is set by the sink");
        }
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new IllegalArgumentException("headers: not a header name: " + name);
        }
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw new IllegalArgumentException("headers: control character in " + name);
        }
    }

    private static void checkTemplate(String template) {
        try {
            new TextTemplate(template);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("template: " + unreadable.getMessage(), unreadable);
        }
    }
}
