package io.penstock.exporter.sink.grpc;

import io.penstock.exporter.sink.web.Http2Mode;
import io.penstock.exporter.sink.web.WebTarget;
import io.penstock.exporter.tls.ClientTls;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.penstock.model.Setting;
import java.util.Map;

/**
 * Keys of the grpc sink.
 *
 * @param url data port of the other Penstock
 * @param repo repo there
 * @param ack what counts as delivered
 * @param timeoutMs time for a batch from the beginning of its request to its acknowledgement
 * @param caFile certificates to trust instead of the platform's
 * @param certFile certificate that this side shows
 * @param keyFile its key
 * @param trustAll whether any certificate is taken
 * @param key shown to the other Penstock
 */
public record GrpcSinkConfig(
        @Setting(
                        doc =
                                "Data port of another Penstock: http://host:4400, or https:// before a proxy.")
                String url,
        @Setting(value = "\"\"", doc = "Repo there; empty for the name that it has here.")
                String repo,
        @Setting(
                        value = "synced",
                        doc =
                                "What counts as delivered there: staged, synced (survives the loss of"
                                        + " power) or delivered (its own exports are through).")
                AckLevel ack,
        @Setting(value = WebTarget.TIMEOUT, doc = WebTarget.TIMEOUT_DOC) long timeoutMs,
        @Setting(value = "\"\"", doc = WebTarget.CA_FILE_DOC) String caFile,
        @Setting(value = "\"\"", doc = WebTarget.CERT_FILE_DOC) String certFile,
        @Setting(value = "\"\"", doc = WebTarget.KEY_FILE_DOC) String keyFile,
        @Setting(value = "false", doc = WebTarget.TRUST_ALL_DOC) boolean trustAll,
        @Setting(
                        value = "\"\"",
                        doc = "Key of the other Penstock with the role push; best ${file:/path}.",
                        secret = true)
                String key) {

    /** Checks the values. */
    public GrpcSinkConfig {
        String fault = repo.isEmpty() ? "" : RepoName.fault(repo);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("repo: " + fault);
        }
        if (!key.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException("key: has characters that no key has");
        }
        target(url, timeoutMs)
                .with(new ClientTls(caFile, certFile, keyFile, trustAll))
                .resource("/");
    }

    WebTarget target() {
        return target(url, timeoutMs).with(new ClientTls(caFile, certFile, keyFile, trustAll));
    }

    private static WebTarget target(String url, long timeoutMs) {
        return new WebTarget(
                url, Map.of(), timeoutMs, 1, Http2Mode.PRIOR_KNOWLEDGE, ClientTls.PLATFORM);
    }
}
