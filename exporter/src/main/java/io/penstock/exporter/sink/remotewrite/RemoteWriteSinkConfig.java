package io.penstock.exporter.sink.remotewrite;

import io.penstock.exporter.sink.web.Http2Mode;
import io.penstock.exporter.sink.web.WebTarget;
import io.penstock.exporter.tls.ClientTls;
import io.penstock.model.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Keys of the prometheus sink.
 *
 * @param url where write requests go
 * @param prefix of every metric's name
 * @param labels fields that become labels
 * @param fields fields that become samples
 * @param username for basic authentication
 * @param password the user's
 * @param token bearer token instead of a user
 * @param timeoutMs time for a request from its beginning to the end of its answer
 * @param caFile certificates to trust instead of the platform's
 * @param certFile certificate that this side shows
 * @param keyFile its key
 * @param trustAll whether any certificate is taken
 */
public record RemoteWriteSinkConfig(
        @Setting(
                        doc =
                                "Where write requests go, e.g. http://host:9090/api/v1/write for"
                                        + " Prometheus with --web.enable-remote-write-receiver.")
                String url,
        @Setting(
                        value = "\"\"",
                        doc = "Put before each field's name to make the name of its metric.")
                String prefix,
        @Setting(
                        value = "[]",
                        doc =
                                "Fields that become labels; few values each, or there are many series.")
                List<String> labels,
        @Setting(
                        value = "[]",
                        doc =
                                "Fields whose numbers become samples; empty for all that are not labels.")
                List<String> fields,
        @Setting(value = "\"\"", doc = "User, sent as basic authentication.") String username,
        @Setting(value = "\"\"", doc = "The user's password.", secret = true) String password,
        @Setting(value = "\"\"", doc = "Bearer token, instead of a user.", secret = true)
                String token,
        @Setting(value = WebTarget.TIMEOUT, doc = WebTarget.TIMEOUT_DOC) long timeoutMs,
        @Setting(value = "\"\"", doc = WebTarget.CA_FILE_DOC) String caFile,
        @Setting(value = "\"\"", doc = WebTarget.CERT_FILE_DOC) String certFile,
        @Setting(value = "\"\"", doc = WebTarget.KEY_FILE_DOC) String keyFile,
        @Setting(value = "false", doc = WebTarget.TRUST_ALL_DOC) boolean trustAll) {

    /** Checks the values. */
    public RemoteWriteSinkConfig {
        labels = List.copyOf(labels);
        fields = List.copyOf(fields);
        if (!token.isEmpty() && !username.isEmpty()) {
            throw new IllegalArgumentException("username: either username or token, not both");
        }
        List<String> names = labels.stream().map(MetricNames::label).toList();
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("labels: two have the same name: " + names);
        }
        target(url, authorization(token, username, password), timeoutMs)
                .with(new ClientTls(caFile, certFile, keyFile, trustAll));
    }

    /** The other keys at their defaults. */
    public static RemoteWriteSinkConfig of(String url, List<String> labels) {
        return new RemoteWriteSinkConfig(
                url, "", labels, List.of(), "", "", "", 30_000, "", "", "", false);
    }

    WebTarget target() {
        return target(url, authorization(token, username, password), timeoutMs)
                .with(new ClientTls(caFile, certFile, keyFile, trustAll));
    }

    private static Map<String, String> authorization(
            String token, String username, String password) {
        if (!token.isEmpty()) {
            return Map.of("Authorization", "Bearer " + token);
        }
        return username.isEmpty()
                ? Map.of()
                : Map.of("Authorization", WebTarget.basic(username, password));
    }

    private static WebTarget target(String url, Map<String, String> headers, long timeoutMs) {
        return new WebTarget(url, headers, timeoutMs, 1, Http2Mode.AUTO, ClientTls.PLATFORM);
    }
}
