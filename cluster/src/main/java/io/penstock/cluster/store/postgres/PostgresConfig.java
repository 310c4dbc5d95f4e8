package io.penstock.cluster.store.postgres;

import io.penstock.model.Require;
import io.penstock.model.Setting;
import java.util.List;

/**
 * Keys of the store in PostgreSQL.
 *
 * @param host of the server
 * @param port of the server
 * @param database that holds the two tables of the store
 * @param user who may read and write them
 * @param password of the user
 * @param tls how much the connection is to be trusted
 * @param caFile certificates that the verifying ways trust
 * @param certFile certificate that this node shows
 * @param keyFile its key
 * @param connectTimeoutMs time to a connection that can be used
 * @param statementTimeoutMs time for one statement, at the server
 */
public record PostgresConfig(
        @Setting(value = "localhost", doc = "Host of the PostgreSQL server.") String host,
        @Setting(value = "5432", doc = "Its port.") int port,
        @Setting(value = "penstock", doc = "Database that holds the store's two tables.")
                String database,
        @Setting(
                        value = "penstock",
                        doc =
                                "User who may read and write them, and make them when they are not there.")
                String user,
        @Setting(
                        value = "\"\"",
                        doc = "The user's password; say ${file:...} or ${ENV}.",
                        secret = true)
                String password,
        @Setting(
                        value = "disable",
                        doc =
                                "disable, prefer or require, which encrypt without looking at the"
                                        + " certificate, verify-ca or verify-full, as libpq has them.")
                String tls,
        @Setting(
                        value = "\"\"",
                        doc = "PEM file with the authority that verify-ca and -full trust.")
                String caFile,
        @Setting(value = "\"\"", doc = "PEM file with the certificate that this node shows.")
                String certFile,
        @Setting(value = "\"\"", doc = "PEM file with its key.") String keyFile,
        @Setting(
                        value = "3000",
                        doc = "Time to a connection that can be used, or the store counts as down.")
                int connectTimeoutMs,
        @Setting(
                        value = "5000",
                        doc = "Time for one statement; the server ends it, and so does this node.")
                int statementTimeoutMs) {

    /** Ways of {@link #tls}. */
    public static final List<String> TLS =
            List.of("disable", "prefer", "require", "verify-ca", "verify-full");

    private static final int MAX_PORT = 65_535;
    private static final int MIN_TIMEOUT_MS = 10;
    private static final int MAX_TIMEOUT_MS = 60_000;

    /** Checks ranges, and that files stand together. */
    public PostgresConfig {
        Require.that(!host.isBlank(), "host must be given");
        Require.that(port > 0 && port <= MAX_PORT, "port must be 1 to " + MAX_PORT);
        Require.that(!database.isBlank(), "database must be given");
        Require.that(!user.isBlank(), "user must be given");
        Require.that(TLS.contains(tls), "tls must be one of " + TLS);
        Require.that(
                certFile.isEmpty() == keyFile.isEmpty(),
                "cert_file and key_file must both be given, or neither");
        Require.that(
                !tls.equals("disable") || (caFile.isEmpty() && certFile.isEmpty()),
                "tls is disable, and ca_file or cert_file is given");
        Require.that(
                !tls.startsWith("verify") || !caFile.isEmpty(),
                "tls is " + tls + ", and ca_file is not given");
        checkTimeout(connectTimeoutMs, "connect_timeout_ms");
        checkTimeout(statementTimeoutMs, "statement_timeout_ms");
    }

    private static void checkTimeout(int timeoutMs, String key) {
        Require.that(
                timeoutMs >= MIN_TIMEOUT_MS && timeoutMs <= MAX_TIMEOUT_MS,
                key + " must be " + MIN_TIMEOUT_MS + " to " + MAX_TIMEOUT_MS);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "postgres://" + user + "@" + host + ":" + port + "/" + database + " tls=" + tls;
    }
}
