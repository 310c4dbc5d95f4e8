package io.penstock.model;

import java.util.List;

/**
 * Keys {@code *.tls.*} of a listening port. It speaks TLS when there is a certificate, and nothing
 * else then; without one it speaks none.
 *
 * <p>Threading: immutable.
 *
 * @param certFile certificate that the port shows, and those behind it
 * @param keyFile its key
 * @param caFile authorities whose certificates clients may show
 * @param clientAuth whether clients must show one
 * @param minVersion least version of TLS, as {@code 1.2}
 * @param engine what computes
 * @param handshakeTimeoutMs longest handshake
 * @param reloadMs between two looks at the files
 */
public record Tls(
        @Setting(
                        value = "\"\"",
                        doc =
                                "PEM file with the certificate that this port shows, followed by those"
                                        + " between it and its authority. Empty: the port speaks no TLS.")
                String certFile,
        @Setting(
                        value = "\"\"",
                        doc =
                                "PEM file with its key, RSA or EC, without a passphrase; keep it"
                                        + " readable by the gateway's user alone.")
                String keyFile,
        @Setting(value = "\"\"", doc = "PEM file with the authorities that vouch for clients.")
                String caFile,
        @Setting(
                        value = "none",
                        doc =
                                "Whether clients show a certificate that ca_file vouches for: none |"
                                        + " request (those without one come in too) | required.")
                ClientAuth clientAuth,
        @Setting(
                        value = "\"1.2\"",
                        doc = "Least version of TLS: 1.2 or 1.3. What is older is broken.")
                String minVersion,
        @Setting(
                        value = "openssl",
                        doc =
                                "openssl (BoringSSL in the process; where it does not load, jdk takes"
                                        + " its place and the log says so) | jdk.")
                Engine engine,
        @Setting(
                        value = "10s",
                        doc =
                                "A connection that has not finished its handshake by then is closed;"
                                        + " no request can have come over it.")
                long handshakeTimeoutMs,
        @Setting(
                        value = "10s",
                        doc =
                                "How often the files are looked at. New connections get a new"
                                        + " certificate, open ones stay. 0: only when asked to"
                                        + " (POST /v1/tls/reload).")
                long reloadMs) {

    private static final List<String> VERSIONS = List.of("1.2", "1.3");
    private static final long LEAST_MS = 100;
    private static final long MOST_HANDSHAKE_MS = 600_000;
    private static final long MOST_RELOAD_MS = 86_400_000;

    /** No TLS. */
    public static final Tls OFF = // behind the constants that its constructor looks at
            new Tls("", "", "", ClientAuth.NONE, "1.2", Engine.OPENSSL, 10_000, 10_000);

    /** Whether clients show a certificate. */
    public enum ClientAuth {
        /** They are not asked. */
        NONE,
        /** They are asked; one that is shown must be good. */
        REQUEST,
        /** They must. */
        REQUIRED
    }

    /** What computes. */
    public enum Engine {
        /** BoringSSL, native code in the process. */
        OPENSSL,
        /** The JDK. */
        JDK
    }

    /** Checks ranges, and what goes with what; not the files. */
    public Tls {
        Require.that(keyFile.isEmpty() == certFile.isEmpty(), "key_file: goes with cert_file");
        Require.that(caFile.isEmpty() || !certFile.isEmpty(), "ca_file: goes with cert_file");
        Require.that(
                caFile.isEmpty() == (clientAuth == ClientAuth.NONE),
                "client_auth: request and required need ca_file, and ca_file needs one of them");
        Require.that(VERSIONS.contains(minVersion), "min_version: must be 1.2 or 1.3");
        Require.within("handshake_timeout_ms", handshakeTimeoutMs, LEAST_MS, MOST_HANDSHAKE_MS);
        if (reloadMs != 0) {
            Require.within("reload_ms", reloadMs, LEAST_MS, MOST_RELOAD_MS);
        }
    }

    /** Whether the port speaks TLS. */
    public boolean isOn() {
        return !certFile.isEmpty();
    }
}
