package io.penstock.cluster.store.postgres;

import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.TimeUnit;

/**
 * Connections to the server. A node asks a few times a minute, and a server bears some hundred
 * connections: so there are {@value #MAX_CONNECTIONS} at most, and one that is idle is closed.
 *
 * <p>Threading: any thread.
 */
final class Connections {

    private static final int MAX_CONNECTIONS = 2;
    private static final int MAX_WAITING = 16;

    private Connections() {}

    static Pool open(Vertx vertx, PostgresConfig config) {
        PoolOptions pool =
                new PoolOptions()
                        .setMaxSize(MAX_CONNECTIONS)
                        .setMaxWaitQueueSize(MAX_WAITING)
                        .setIdleTimeout(config.statementTimeoutMs())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setConnectionTimeout(config.connectTimeoutMs())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        // a connection on which nothing moves is cut off: one whose server hangs would stay for
        // ever
        NetClientOptions net =
                new NetClientOptions()
                        .setConnectTimeout(config.connectTimeoutMs())
                        .setIdleTimeout(2 * config.statementTimeoutMs())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return PgBuilder.pool()
                .with(pool)
                .with(net)
                .connectingTo(options(config))
                .using(vertx)
                .build();
    }

    private static PgConnectOptions options(PostgresConfig config) {
        PgConnectOptions options =
                new PgConnectOptions()
                        .setHost(config.host())
                        .setPort(config.port())
                        .setDatabase(config.database())
                        .setUser(config.user())
                        .setPassword(config.password())
                        .addProperty("application_name", "penstock")
                        .addProperty(
                                "statement_timeout", String.valueOf(config.statementTimeoutMs()));
        SslMode mode = SslMode.of(config.tls());
        options.setSslMode(mode);
        if (mode != SslMode.DISABLE) {
            options.setSslOptions(tls(config, mode));
        }
        return options;
    }

    private static ClientSSLOptions tls(PostgresConfig config, SslMode mode) {
        ClientSSLOptions tls = new ClientSSLOptions();
        if (mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL) {
            tls.setTrustOptions(new PemTrustOptions().addCertPath(config.caFile()));
        } else {
            // what these modes mean in libpq: encrypted, with whoever answers
            tls.setTrustAll(true);
        }
        tls.setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
        if (!config.certFile().isEmpty()) {
            tls.setKeyCertOptions(
                    new PemKeyCertOptions()
                            .setCertPath(config.certFile())
                            .setKeyPath(config.keyFile()));
        }
        return tls;
    }
}
