package io.penstock.exporter.sink.otlp;

import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.web.Http2Mode;
import io.penstock.exporter.sink.web.WebTarget;
import io.penstock.exporter.tls.ClientTls;
import io.penstock.model.Setting;
import java.util.Map;

/**
 * Keys of the otlp sink.
 *
 * @param url where requests go, without the path of a signal
 * @param protocol how OTLP is carried
 * @param headers sent with every request
 * @param compression how requests are packed
 * @param onPartialSuccess what becomes of records that the target took in part
 * @param maxBodyBytes most bytes of a request before it is packed
 * @param timeoutMs time for a request from its beginning to the end of its answer
 * @param maxConnections connections open at once, over HTTP/1.1
 * @param caFile certificates to trust instead of the platform's
 * @param certFile certificate that this side shows
 * @param keyFile its key
 * @param trustAll whether any certificate is taken
 */
public record OtlpSinkConfig(
        @Setting(
                        doc =
                                "Target: http:// or https://, host and port, 4317 for gRPC and 4318"
                                        + " for HTTP by custom. The path of the signal, /v1/logs and"
                                        + " so on, is put behind it.")
                String url,
        @Setting(value = "grpc", doc = "grpc or http (protobuf).") OtlpProtocol protocol,
        @Setting(
                        value = "{}",
                        doc = "Headers, or metadata, of every request, e.g. authorization.",
                        secret = true)
                Map<String, String> headers,
        @Setting(value = "gzip", doc = "gzip or none; targets need know no other.")
                Compression compression,
        @Setting(
                        value = "dead_letter",
                        doc =
                                "What becomes of the records of a request of which the target drops"
                                        + " some; it does not say which, and must not be asked again."
                                        + " dead_letter: all are kept as dead letters. accept: all"
                                        + " count as delivered.")
                PartialSuccess onPartialSuccess,
        @Setting(
                        value = "4MiB",
                        doc =
                                "Most bytes of a request before it is packed; a larger delivery is"
                                        + " halved. Servers in Go take 4 MiB by default.")
                long maxBodyBytes,
        @Setting(value = WebTarget.TIMEOUT, doc = WebTarget.TIMEOUT_DOC) long timeoutMs,
        @Setting(value = WebTarget.CONNECTIONS, doc = WebTarget.CONNECTIONS_DOC) int maxConnections,
        @Setting(value = "\"\"", doc = WebTarget.CA_FILE_DOC) String caFile,
        @Setting(value = "\"\"", doc = WebTarget.CERT_FILE_DOC) String certFile,
        @Setting(value = "\"\"", doc = WebTarget.KEY_FILE_DOC) String keyFile,
        @Setting(value = "false", doc = WebTarget.TRUST_ALL_DOC) boolean trustAll) {

    private static final long MAX_BODY_BYTES = 1L << 30;

    /** Checks the values. */
    public OtlpSinkConfig {
        headers = Map.copyOf(headers);
        if (compression == Compression.ZSTD) {
            throw new IllegalArgumentException("compression: must be gzip or none");
        }
        if (maxBodyBytes < 1 || maxBodyBytes > MAX_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "max_body_bytes: must be 1 to 1GiB, is " + maxBodyBytes);
        }
        new WebTarget(
                        url,
                        headers,
                        timeoutMs,
                        maxConnections,
                        Http2Mode.AUTO,
                        new ClientTls(caFile, certFile, keyFile, trustAll))
                .resource("/");
    }

    WebTarget target() {
        return new WebTarget(
                url,
                headers,
                timeoutMs,
                maxConnections,
                protocol == OtlpProtocol.GRPC ? Http2Mode.PRIOR_KNOWLEDGE : Http2Mode.AUTO,
                new ClientTls(caFile, certFile, keyFile, trustAll));
    }
}
