package io.penstock.exporter.sink.web;

import io.penstock.exporter.tls.ClientTls;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A server that speaks HTTP, and how it is reached. Sinks make one out of their keys, which have
 * the names that the messages here use; the texts and defaults of the keys that all of them have
 * stand here once.
 *
 * <p>Threading: immutable.
 *
 * @param url http:// or https://, host, port, path
 * @param headers sent with every request; a name in lower case or not
 * @param timeoutMs time for a request from its beginning to the end of its answer
 * @param maxConnections connections open at once
 * @param http2 when HTTP/2 is spoken
 * @param tls whom to trust and what to show, where the URL begins with https://
 */
public record WebTarget(
        String url,
        Map<String, String> headers,
        long timeoutMs,
        int maxConnections,
        Http2Mode http2,
        ClientTls tls) {

    /** Default of the key {@code timeout_ms}. */
    public static final String TIMEOUT = "30s";

    /** Text of the key {@code timeout_ms}. */
    public static final String TIMEOUT_DOC =
            "A request without its whole answer by then is given up and retried.";

    /** Default of the key {@code max_connections}. */
    public static final String CONNECTIONS = "32";

    /** Text of the key {@code max_connections}. */
    public static final String CONNECTIONS_DOC =
            "Connections open at once (HTTP/1.1); as many as deliveries can be in flight, so that"
                    + " none waits for another.";

    /** Text of the key {@code ca_file}, whose default is empty. */
    public static final String CA_FILE_DOC =
            "PEM file of certificates to trust instead of the platform's.";

    /** Text of the key {@code cert_file}, whose default is empty. */
    public static final String CERT_FILE_DOC =
            "PEM file with the certificate to show to a server that asks for one.";

    /** Text of the key {@code key_file}, whose default is empty. */
    public static final String KEY_FILE_DOC = "PEM file with its key, without a passphrase.";

    /** Text of the key {@code trust_all}, whose default is false. */
    public static final String TRUST_ALL_DOC = "Take any certificate. For tests only.";

    /** Headers that frame the request; a second opinion on them would break it. */
    private static final Set<String> OURS =
            Set.of("content-length", "transfer-encoding", "connection", "content-encoding", "host");

    private static final int MOST_CONNECTIONS = 1024;
    private static final long MAX_TIMEOUT_MS = 3_600_000;

    /** Requests that wait for a connection: as many as an export has open takes. */
    private static final int MAX_WAITING = 64;

    /** Checks the values. */
    public WebTarget {
        checkUrl(url);
        headers = Map.copyOf(headers);
        headers.forEach(WebTarget::checkHeader);
        if (timeoutMs < 1 || timeoutMs > MAX_TIMEOUT_MS) {
            throw new IllegalArgumentException("timeout_ms: must be 1 ms to 1 h, is " + timeoutMs);
        }
        if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "max_connections: must be 1 to " + MOST_CONNECTIONS + ", is " + maxConnections);
        }
    }

    /** The same server, with these certificates. */
    public WebTarget with(ClientTls other) {
        return new WebTarget(url, headers, timeoutMs, maxConnections, http2, other);
    }

    /** The value of an Authorization header after RFC 7617. */
    public static String basic(String username, String password) {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /**
     * The URL of a resource of the server.
     *
     * @param path begins with a slash; may have a query
     * @throws IllegalArgumentException when {@code url} has a query or a fragment itself
     */
    public String resource(String path) {
        URI uri = URI.create(url);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "url: must end before '?' and '#', is " + shown(url));
        }
        return (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + path;
    }

    private static void checkUrl(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null) {
                throw new IllegalArgumentException(
                        "url: must be http://host... or https://host..., is " + shown(url));
            }
            if (uri.getUserInfo() != null) {
                throw new IllegalArgumentException(
                        "url: must not hold credentials; there are keys for them");
            }
        } catch (URISyntaxException malformed) {
            // neither its message nor itself: both repeat the URL, which may hold a password
            throw new IllegalArgumentException(
                    "url: " + malformed.getReason() + " at character " + malformed.getIndex());
        }
    }

    /** Without the credentials that must not be there. */
    private static String shown(String url) {
        return url.replaceAll("//[^/]*@", "//********@");
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

    PoolOptions pool() {
        return new PoolOptions()
                .setHttp1MaxSize(maxConnections)
                .setHttp2MaxSize(1)
                .setMaxWaitQueueSize(MAX_WAITING);
    }

    HttpClientOptions options() {
        boolean secure = url.startsWith("https:");
        boolean http2Spoken =
                http2 == Http2Mode.PRIOR_KNOWLEDGE || (secure && http2 == Http2Mode.AUTO);
        HttpClientOptions options =
                new HttpClientOptions()
                        .setUseAlpn(secure && http2Spoken)
                        .setProtocolVersion(http2Spoken ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
                        .setHttp2ClearTextUpgrade(false)
                        .setConnectTimeout((int) timeoutMs);
        return secure ? tls.apply(options) : options;
    }
}
