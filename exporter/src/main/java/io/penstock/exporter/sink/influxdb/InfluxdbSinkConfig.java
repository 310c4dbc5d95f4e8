package io.penstock.exporter.sink.influxdb;

import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.web.Http2Mode;
import io.penstock.exporter.sink.web.WebTarget;
import io.penstock.exporter.tls.ClientTls;
import io.penstock.model.Require;
import io.penstock.model.Setting;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Keys of the influxdb sink.
 *
 * @param url the server
 * @param database of the API of version 1
 * @param retentionPolicy of the database
 * @param org of the API of version 2
 * @param bucket of the API of version 2
 * @param token for either API
 * @param username of the API of version 1
 * @param password of the API of version 1
 * @param measurement name of every measurement, unless a field has it
 * @param measurementField field that holds the name of the measurement
 * @param tags fields that become tags
 * @param fields fields that become fields
 * @param textFields whether texts become fields
 * @param integerFields whether integers are written as integers
 * @param compression how bodies are packed
 * @param maxBodyBytes most bytes of a body before it is packed
 * @param timeoutMs time for a request from its beginning to the end of its answer
 * @param maxConnections connections open at once
 * @param caFile certificates to trust instead of the platform's
 * @param certFile certificate that this side shows
 * @param keyFile its key
 * @param trustAll whether any certificate is taken
 */
public record InfluxdbSinkConfig(
        @Setting(doc = "The server: http:// or https://, host, port, and a path before /write.")
                String url,
        @Setting(
                        value = "\"\"",
                        doc =
                                "Database of InfluxDB 1 and of everything that speaks its /write,"
                                        + " VictoriaMetrics among them. This or bucket.")
                String database,
        @Setting(value = "\"\"", doc = "Retention policy of the database; empty for its default.")
                String retentionPolicy,
        @Setting(value = "\"\"", doc = "Organisation of InfluxDB 2.") String org,
        @Setting(value = "\"\"", doc = "Bucket of InfluxDB 2; chooses /api/v2/write.")
                String bucket,
        @Setting(
                        value = "\"\"",
                        doc = "Token, sent as 'Authorization: Token'. Without it username.",
                        secret = true)
                String token,
        @Setting(value = "\"\"", doc = "User of InfluxDB 1, sent as basic authentication.")
                String username,
        @Setting(value = "\"\"", doc = "The user's password.", secret = true) String password,
        @Setting(
                        value = "records",
                        doc = "Measurement of every record, unless measurement_field is there.")
                String measurement,
        @Setting(value = "\"\"", doc = "Field whose value is the name of the measurement.")
                String measurementField,
        @Setting(
                        value = "[]",
                        doc =
                                "Fields that become tags: indexed, so few values each. Records of the"
                                        + " same measurement, tags and time overwrite one another.")
                List<String> tags,
        @Setting(value = "[]", doc = "Fields that become fields; empty for all that are not tags.")
                List<String> fields,
        @Setting(
                        value = "true",
                        doc =
                                "Write texts too. VictoriaMetrics keeps numbers only; for it, say false.")
                boolean textFields,
        @Setting(
                        value = "true",
                        doc =
                                "Write integers as such. false writes them as floating point, for JSON in"
                                        + " which 1 and 1.5 are the same field: a field has one type.")
                boolean integerFields,
        @Setting(value = "gzip", doc = "gzip or none; these servers know no other.")
                Compression compression,
        @Setting(
                        value = "10MiB",
                        doc =
                                "Most bytes of lines in one request; a larger delivery is halved."
                                        + " VictoriaMetrics and InfluxDB 1 take 25 MB.")
                long maxBodyBytes,
        @Setting(value = WebTarget.TIMEOUT, doc = WebTarget.TIMEOUT_DOC) long timeoutMs,
        @Setting(value = WebTarget.CONNECTIONS, doc = WebTarget.CONNECTIONS_DOC) int maxConnections,
        @Setting(value = "\"\"", doc = WebTarget.CA_FILE_DOC) String caFile,
        @Setting(value = "\"\"", doc = WebTarget.CERT_FILE_DOC) String certFile,
        @Setting(value = "\"\"", doc = WebTarget.KEY_FILE_DOC) String keyFile,
        @Setting(value = "false", doc = WebTarget.TRUST_ALL_DOC) boolean trustAll) {

    /** Checks the values. */
    public InfluxdbSinkConfig {
        tags = List.copyOf(tags);
        fields = List.copyOf(fields);
        if (!bucket.isEmpty() && !database.isEmpty()) {
            throw new IllegalArgumentException("bucket: either bucket or database, not both");
        }
        if (!retentionPolicy.isEmpty() && database.isEmpty()) {
            throw new IllegalArgumentException("retention_policy: without database");
        }
        if (bucket.isEmpty() != org.isEmpty()) {
            throw new IllegalArgumentException("org: goes with bucket, and bucket with it");
        }
        if (!token.isEmpty() && !username.isEmpty()) {
            throw new IllegalArgumentException("username: either username or token, not both");
        }
        if (LineWriter.clean(measurement).isEmpty()) {
            throw new IllegalArgumentException("measurement: is empty");
        }
        if (new HashSet<>(tags).size() < tags.size()) {
            throw new IllegalArgumentException("tags: names a field twice");
        }
        if (compression == Compression.ZSTD) {
            throw new IllegalArgumentException("compression: must be gzip or none");
        }
        Require.between("max_body_bytes", maxBodyBytes, 1, Long.MAX_VALUE);
        target(url, authorization(token, username, password), timeoutMs, maxConnections)
                .with(new ClientTls(caFile, certFile, keyFile, trustAll))
                .resource("/");
    }

    WebTarget target() {
        return target(url, authorization(token, username, password), timeoutMs, maxConnections)
                .with(new ClientTls(caFile, certFile, keyFile, trustAll));
    }

    /** Where points are written. */
    String writeUrl() {
        String query =
                bucket.isEmpty()
                        ? "/write?precision=ns" + parameter("db", database)
                        : "/api/v2/write?precision=ns" + parameter("bucket", bucket);
        return target().resource(query + parameter("org", org) + parameter("rp", retentionPolicy));
    }

    private static String parameter(String name, String value) {
        return value.isEmpty()
                ? ""
                : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Map<String, String> authorization(
            String token, String username, String password) {
        if (!token.isEmpty()) {
            return Map.of("Authorization", "Token " + token);
        }
        return username.isEmpty()
                ? Map.of()
                : Map.of("Authorization", WebTarget.basic(username, password));
    }

    private static WebTarget target(
            String url, Map<String, String> headers, long timeoutMs, int maxConnections) {
        return new WebTarget(
                url, headers, timeoutMs, maxConnections, Http2Mode.AUTO, ClientTls.PLATFORM);
    }
}
