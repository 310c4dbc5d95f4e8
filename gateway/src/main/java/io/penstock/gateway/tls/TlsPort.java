package io.penstock.gateway.tls;

import io.penstock.model.Tls;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of one kind of listening port, all of whose servers show the same certificate; or that it
 * has none.
 *
 * <p>Threading: any thread; {@link #read} blocks.
 */
public final class TlsPort {
    private static final Logger LOG = LoggerFactory.getLogger(TlsPort.class);
    private static final long BETWEEN_LINES_NS = TimeUnit.MINUTES.toNanos(1);

    private final String section;
    private final Tls tls;
    private final SSLEngineOptions engine;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final List<HttpClientAgent> clients = new CopyOnWriteArrayList<>();
    private final AtomicLong reloads = new AtomicLong();
    private final AtomicLong reloadFailures = new AtomicLong();
    private final AtomicLong handshakeFailures = new AtomicLong();
    private final AtomicLong toldAtNs = new AtomicLong(System.nanoTime() - BETWEEN_LINES_NS);
    private volatile @Nullable KeyMaterial material;
    private volatile String fault = "";
    private @Nullable FileStamps seen; // only touched by read, one at a time

    /**
     * A port; it cannot be opened before {@link #read}.
     *
     * @param section where its keys stand, as {@code ingress.tls}
     */
    public TlsPort(String section, Tls tls) {
        this.section = section;
        this.tls = tls;
        this.engine = engine(tls);
    }

    /** A port without TLS. */
    public static TlsPort off() {
        return new TlsPort("tls", Tls.OFF);
    }

    private static SSLEngineOptions engine(Tls tls) {
        boolean byOpenssl =
                tls.engine() == Tls.Engine.OPENSSL && OpenSSLEngineOptions.isAvailable();
        return byOpenssl ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions();
    }

    /** Whether it speaks TLS. */
    public boolean isOn() {
        return tls.isOn();
    }

    /** {@code openssl} or {@code jdk}: what computes, in fact. */
    public String engine() {
        return engine instanceof OpenSSLEngineOptions ? "openssl" : "jdk";
    }

    /** The port, as {@code ingress}. */
    public String name() {
        return section.replace(".tls", "");
    }

    Tls config() {
        return tls;
    }

    /**
     * Reads the files if they are others than before, and checks them. What is in force changes
     * with {@link #publish}.
     *
     * @return whether there is something to publish
     * @throws TlsException when they do not do; what was read before stays
     */
    synchronized boolean read() throws TlsException {
        FileStamps now = FileStamps.of(tls);
        if (now.equals(seen)) {
            return false;
        }
        // first: a fault is told once, and looked at again when the files are others
        seen = now;
        boolean first = material == null;
        try {
            KeyMaterial fresh = KeyMaterial.read(section, tls);
            material = fresh;
            fault = "";
            told(fresh);
        } catch (TlsException faulty) {
            fault = String.valueOf(faulty.getMessage());
            if (!first) {
                reloadFailures.incrementAndGet();
            }
            throw faulty;
        }
        return true;
    }

    private void told(KeyMaterial fresh) {
        LOG.info("{}: {}, by {}", section, fresh, engine());
        String warning = fresh.warning(Instant.now());
        if (!warning.isEmpty()) {
            LOG.warn("{}.cert_file: {}", section, warning);
        }
        if (tls.engine() == Tls.Engine.OPENSSL && !OpenSSLEngineOptions.isAvailable()) {
            LOG.warn(
                    "{}.engine: openssl does not load on this machine; the JDK's engine takes its"
                            + " place, which is slower",
                    section);
        }
    }

    /** Has the open servers and clients use what was read last, for new connections. */
    Future<Void> publish() {
        reloads.incrementAndGet();
        ServerSSLOptions forServers = serverOptions();
        ClientSSLOptions forClients = clientOptions();
        List<Future<Boolean>> each = new ArrayList<>();
        servers.forEach(server -> each.add(server.updateSSLOptions(forServers)));
        clients.forEach(client -> each.add(client.updateSSLOptions(forClients)));
        return Future.join(each).mapEmpty();
    }

    private KeyMaterial inForce() {
        KeyMaterial now = material;
        if (now == null) {
            throw new IllegalStateException(section + " was not read");
        }
        return now;
    }

    /** Adds TLS to a server's options, if there shall be; the same options. */
    public HttpServerOptions apply(HttpServerOptions options) {
        if (!tls.isOn()) {
            return options;
        }
        KeyMaterial now = inForce();
        options.setSsl(true)
                .setUseAlpn(true)
                .setSslEngineOptions(engine)
                .setKeyCertOptions(now.keyCertOptions())
                .setClientAuth(clientAuth())
                .setSslHandshakeTimeout(tls.handshakeTimeoutMs())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setEnabledSecureTransportProtocols(protocols());
        if (now.authorities() != null) {
            options.setTrustOptions(now.trustOptions());
        }
        return options;
    }

    /** Adds TLS to the options of a client of other nodes, which have the same authority. */
    public HttpClientOptions apply(HttpClientOptions options) {
        if (!tls.isOn()) {
            return options;
        }
        KeyMaterial now = inForce();
        return options.setSsl(true)
                .setUseAlpn(true)
                .setSslEngineOptions(engine)
                .setKeyCertOptions(now.keyCertOptions())
                .setTrustOptions(now.trustOptions())
                // nodes are reached by addresses that change; the authority is their own
                .setVerifyHost(false)
                .setSslHandshakeTimeout(tls.handshakeTimeoutMs())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setEnabledSecureTransportProtocols(protocols());
    }

    /** Who vouches for those that come; null where nobody is named. */
    @Nullable Buffer authorities() {
        return tls.isOn() ? inForce().authorities() : null;
    }

    /**
     * How to speak to the same port of another node, whose certificate has the authority of this
     * one's and names its address: what is said there may be a secret.
     *
     * @param others authorities beside its own
     */
    ClientSSLOptions toSame(@Nullable Buffer others, long handshakeMs) {
        KeyMaterial now = inForce();
        PemTrustOptions trusted = new PemTrustOptions().addCertValue(now.certificates());
        if (now.authorities() != null) {
            trusted.addCertValue(now.authorities());
        }
        if (others != null) {
            trusted.addCertValue(others);
        }
        return new ClientSSLOptions()
                .setHostnameVerificationAlgorithm("HTTPS")
                .setKeyCertOptions(now.keyCertOptions())
                .setTrustOptions(trusted)
                .setSslHandshakeTimeout(handshakeMs)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setEnabledSecureTransportProtocols(protocols());
    }

    private ServerSSLOptions serverOptions() {
        return apply(new HttpServerOptions()).getSslOptions();
    }

    private ClientSSLOptions clientOptions() {
        return apply(new HttpClientOptions()).getSslOptions();
    }

    private ClientAuth clientAuth() {
        return switch (tls.clientAuth()) {
            case NONE -> ClientAuth.NONE;
            case REQUEST -> ClientAuth.REQUEST;
            case REQUIRED -> ClientAuth.REQUIRED;
        };
    }

    private Set<String> protocols() {
        Set<String> spoken = new LinkedHashSet<>();
        if (tls.minVersion().equals("1.2")) {
            spoken.add("TLSv1.2");
        }
        spoken.add("TLSv1.3");
        return spoken;
    }

    /** A server listens; it is told of other certificates until {@link #closed}. */
    public void opened(HttpServer server) {
        if (tls.isOn()) {
            servers.add(server);
        }
    }

    /** A client may connect; it is told of other certificates until the port is gone. */
    public void opened(HttpClientAgent client) {
        if (tls.isOn()) {
            clients.add(client);
        }
    }

    /** A server does not listen any more. */
    public void closed(HttpServer server) {
        servers.remove(server);
    }

    /** A client connects no more. */
    public void closed(HttpClientAgent client) {
        clients.remove(client);
    }

    /**
     * A connection came to its end before its handshake did; goes to a server's handler of faults.
     */
    public void handshakeFailed(Throwable cause) {
        if (!tls.isOn()) {
            LOG.debug("a connection broke at its beginning: {}", String.valueOf(cause));
            return;
        }
        long failures = handshakeFailures.incrementAndGet();
        long now = System.nanoTime();
        long told = toldAtNs.get();
        if (now - told >= BETWEEN_LINES_NS && toldAtNs.compareAndSet(told, now)) {
            LOG.warn(
                    "{}: a TLS handshake failed: {} ({} since the start; told once a minute)",
                    section,
                    cause,
                    failures);
        }
    }

    /** When the certificate in force ends; seconds since 1970. */
    public long endsAtSeconds() {
        KeyMaterial now = material;
        return now == null ? 0 : now.ends().getEpochSecond();
    }

    /** To whom the certificate in force was given. */
    public String subject() {
        KeyMaterial now = material;
        return now == null ? "" : now.own().getSubjectX500Principal().getName();
    }

    /** Why the files that are there now are not in force; empty when they are. */
    public String fault() {
        return fault;
    }

    /** How often other files came into force. */
    public long reloads() {
        return reloads.get();
    }

    /** How often other files did not do. */
    public long reloadFailures() {
        return reloadFailures.get();
    }

    /** Connections that ended before their handshake did. */
    public long handshakeFailures() {
        return handshakeFailures.get();
    }
}
