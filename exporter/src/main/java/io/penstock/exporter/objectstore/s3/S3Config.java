package io.penstock.exporter.objectstore.s3;

import io.penstock.model.Setting;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Keys {@code s3.*}: how a bucket is reached.
 *
 * @param endpoint where the API is
 * @param region of the bucket
 * @param pathStyle whether the bucket stands in the path
 * @param accessKey name of the credentials
 * @param secretKey secret of the credentials
 * @param partBytes size of a part
 * @param timeoutMs longest wait for the answer to a request
 * @param caFile certificates to trust instead of the platform's
 */
public record S3Config(
        @Setting(value = "\"\"", doc = "URL of the S3 API; empty for Amazon's own of the region.")
                String endpoint,
        @Setting(value = "us-east-1", doc = "Region of the bucket; signed into each request.")
                String region,
        @Setting(
                        value = "false",
                        doc =
                                "Name the bucket in the path instead of the host; most stores other than"
                                        + " Amazon's want that.")
                boolean pathStyle,
        @Setting(
                        value = "\"\"",
                        doc =
                                "Access key, best taken from the environment; empty: environment,"
                                        + " profile or instance role, as the AWS SDK finds them.")
                String accessKey,
        @Setting(
                        value = "\"\"",
                        doc =
                                "Secret of the access key, best taken from a file or the environment.",
                        secret = true)
                String secretKey,
        @Setting(
                        value = "16MiB",
                        doc =
                                "Objects above this size are uploaded in parts of it; 5MiB is the least that"
                                        + " S3 allows.")
                long partBytes,
        @Setting(
                        value = "60s",
                        doc = "A request without its answer by then is given up and retried.")
                long timeoutMs,
        @Setting(
                        value = "\"\"",
                        doc = "PEM file of certificates to trust instead of the platform's.")
                String caFile) {

    static final long MIN_PART_BYTES = 5L << 20;
    static final long MAX_PART_BYTES = 1L << 30;
    static final long MAX_TIMEOUT_MS = 3_600_000;

    /** Checks the values. */
    public S3Config {
        if (!endpoint.isEmpty()) {
            check(endpoint);
        }
        if (region.isBlank()) {
            throw new IllegalArgumentException("s3.region: must not be empty");
        }
        if (accessKey.isEmpty() != secretKey.isEmpty()) {
            throw new IllegalArgumentException("s3.secret_key: goes with s3.access_key");
        }
        if (partBytes < MIN_PART_BYTES || partBytes > MAX_PART_BYTES) {
            throw new IllegalArgumentException(
                    "s3.part_bytes: must be 5 MiB to 1 GiB, is " + partBytes);
        }
        if (timeoutMs < 1 || timeoutMs > MAX_TIMEOUT_MS) {
            throw new IllegalArgumentException(
                    "s3.timeout_ms: must be 1 ms to 1 h, is " + timeoutMs);
        }
    }

    private static void check(String endpoint) {
        try {
            URI uri = new URI(endpoint);
            if (uri.getHost() == null || !String.valueOf(uri.getScheme()).startsWith("http")) {
                throw new IllegalArgumentException(
                        "s3.endpoint: must be http://host... or https://host..., is " + endpoint);
            }
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("s3.endpoint: " + malformed.getMessage(), malformed);
        }
    }

    /** Every key at its default. */
    public static S3Config defaults() {
        return new S3Config("", "us-east-1", false, "", "", 16L << 20, 60_000, "");
    }

    @Override
    public String toString() {
        return "S3Config[" + endpoint + ", " + region + "]"; // never the secret
    }
}
