package io.penstock.exporter.sink.opensearch;

import io.penstock.exporter.record.JsonWriter;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.web.Http2Mode;
import io.penstock.exporter.sink.web.WebTarget;
import io.penstock.exporter.tls.ClientTls;
import io.penstock.model.Require;
import io.penstock.model.Setting;
import java.util.Map;

/**
 * Keys of the opensearch sink.
 *
 * @param url the cluster
 * @param index template of the index's name
 * @param timeKey member that holds the record's time; empty for none
 * @param username for basic authentication
 * @param password the user's
 * @param apiKey instead of a user
 * @param compression how bodies are packed
 * @param maxBodyBytes most bytes of a body before it is packed
 * @param timeoutMs time for a request from its beginning to the end of its answer
 * @param maxConnections connections open at once
 * @param caFile certificates to trust instead of the platform's
 * @param certFile certificate that this side shows
 * @param keyFile its key
 * @param trustAll whether any certificate is taken
 */
public record OpensearchSinkConfig(
        @Setting(
                        doc =
                                "OpenSearch or Elasticsearch: http:// or https://, host, port, and a"
                                        + " path before /_bulk.")
                String url,
        @Setting(
                        value = "logs-$${yyyy.MM.dd}",
                        doc =
                                "Index or data stream. Between $${ and } stands a pattern of y, M, d"
                                        + " and H for the record's time in UTC.")
                String index,
        @Setting(
                        value = "\"@timestamp\"",
                        doc = "Member that gets the record's time; empty leaves it out.")
                String timeKey,
        @Setting(value = "\"\"", doc = "User, sent as basic authentication.") String username,
        @Setting(value = "\"\"", doc = "The user's password.", secret = true) String password,
        @Setting(
                        value = "\"\"",
                        doc = "API key of Elasticsearch, encoded, instead of a user.",
                        secret = true)
                String apiKey,
        @Setting(value = "gzip", doc = "gzip or none; these servers know no other.")
                Compression compression,
        @Setting(
                        value = "10MiB",
                        doc =
                                "Most bytes of one bulk request; a larger delivery is halved. Small"
                                        + " hosted clusters take 10 MiB, others 100.")
                long maxBodyBytes,
        @Setting(value = WebTarget.TIMEOUT, doc = WebTarget.TIMEOUT_DOC) long timeoutMs,
        @Setting(value = WebTarget.CONNECTIONS, doc = WebTarget.CONNECTIONS_DOC) int maxConnections,
        @Setting(value = "\"\"", doc = WebTarget.CA_FILE_DOC) String caFile,
        @Setting(value = "\"\"", doc = WebTarget.CERT_FILE_DOC) String certFile,
        @Setting(value = "\"\"", doc = WebTarget.KEY_FILE_DOC) String keyFile,
        @Setting(value = "false", doc = WebTarget.TRUST_ALL_DOC) boolean trustAll) {

    /** Only what the answer is read for; {@code errors} comes first. */
    private static final String PATH =
            "/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason";

    /** Checks the values. */
    public OpensearchSinkConfig {
        new IndexName(index);
        if (!apiKey.isEmpty() && !username.isEmpty()) {
            throw new IllegalArgumentException("username: either username or api_key, not both");
        }
        if (compression == Compression.ZSTD) {
            throw new IllegalArgumentException("compression: must be gzip or none");
        }
        Require.between("max_body_bytes", maxBodyBytes, 1, Long.MAX_VALUE);
        new WebTarget(
                        url,
                        authorization(apiKey, username, password),
                        timeoutMs,
                        maxConnections,
                        Http2Mode.AUTO,
                        new ClientTls(caFile, certFile, keyFile, trustAll))
                .resource(PATH);
    }

    /** Every key but the URL at its default. */
    public static OpensearchSinkConfig of(String url) {
        return new OpensearchSinkConfig(
                url,
                "logs-${yyyy.MM.dd}",
                "@timestamp",
                "",
                "",
                "",
                Compression.GZIP,
                10 << 20,
                30_000,
                32,
                "",
                "",
                "",
                false);
    }

    WebTarget target() {
        return new WebTarget(
                url,
                authorization(apiKey, username, password),
                timeoutMs,
                maxConnections,
                Http2Mode.AUTO,
                new ClientTls(caFile, certFile, keyFile, trustAll));
    }

    /** Where bulk requests go. */
    String bulkUrl() {
        return target().resource(PATH);
    }

    /** The time's member as the writer of JSON knows it. */
    String timeMember() {
        return timeKey.isEmpty() ? JsonWriter.NO_TIME_KEY : timeKey;
    }

    private static Map<String, String> authorization(
            String apiKey, String username, String password) {
        if (!apiKey.isEmpty()) {
            return Map.of("Authorization", "ApiKey " + apiKey);
        }
        return username.isEmpty()
                ? Map.of()
                : Map.of("Authorization", WebTarget.basic(username, password));
    }
}
