package io.penstock.gateway.peer;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.relay.Away;
import io.penstock.exporter.relay.ByteBudget;
import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.Peer;
import io.penstock.exporter.relay.Peers;
import io.penstock.exporter.relay.RelayCounters;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.gateway.tls.TlsPort;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways to other nodes. A verticle, so that all of them have an event loop; before it is
 * deployed nobody can be reached.
 *
 * <p>Threading: {@link #owner} and {@link #deliver} on any thread.
 */
public final class PeerLinks extends VerticleBase implements Peers {
    /** How often it is looked for deliveries whose owner is gone. */
    public static final long LOOK_MS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(PeerLinks.class);
    private static final int CONNECT_MS = 2_000;
    private static final long UNUSED_NS = TimeUnit.MINUTES.toNanos(1);

    private final String self;
    private final Owners owners;
    private final RelayCounters counters;
    private final ByteBudget budget;
    private final int maxMessageBytes;
    private final TlsPort tls;
    private final AtomicLong numbers = new AtomicLong();
    private PeerSecret secret = PeerSecret.NONE;

    // confined to the event loop
    private final Map<Peer, PeerLink> links = new HashMap<>();
    private @Nullable HttpClientAgent client;

    private volatile @Nullable Context home;

    /**
     * No link yet.
     *
     * @param self name of this node
     * @param maxBytes most bytes of deliveries with other nodes, as staged; also the largest
     *     message
     * @param tls where there is to be some; it has been read before the start
     */
    public PeerLinks(
            String self, Owners owners, RelayCounters counters, long maxBytes, TlsPort tls) {
        this.tls = tls;
        this.self = self;
        this.owners = owners;
        this.counters = counters;
        this.budget = new ByteBudget(maxBytes);
        this.maxMessageBytes = (int) Math.min(maxBytes, PeerServer.MAX_MESSAGE_BYTES);
    }

    /** Shows a secret to other nodes; before it is deployed. */
    public PeerLinks showing(PeerSecret shared) {
        secret = shared;
        return this;
    }

    @Override
    public Future<?> start() {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setConnectTimeout(CONNECT_MS)
                        .setTcpNoDelay(true);
        HttpClientAgent made =
                vertx.httpClientBuilder()
                        .with(tls.apply(options))
                        .with(new PoolOptions().setHttp2MaxSize(1))
                        .withConnectHandler(
                                connection ->
                                        connection.exceptionHandler(
                                                fault ->
                                                        LOG.debug(
                                                                "connection to {}: {}",
                                                                connection.remoteAddress(),
                                                                fault)))
                        .build();
        client = made;
        tls.opened(made);
        vertx.setPeriodic(LOOK_MS, timer -> look());
        home = context;
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        home = null;
        links.values().forEach(PeerLink::close);
        links.clear();
        HttpClientAgent last = client;
        if (last != null) {
            tls.closed(last);
        }
        return last == null ? Future.succeededFuture() : last.close();
    }

    private void look() {
        long nowNs = System.nanoTime();
        links.values().forEach(link -> link.look(owners));
        links.values()
                .removeIf(
                        link -> {
                            boolean unused = link.isUnused(UNUSED_NS, nowNs);
                            if (unused) {
                                link.close();
                            }
                            return unused;
                        });
    }

    @Override
    public @Nullable Peer owner(ExportName export, long key) {
        return owners.owner(export, key);
    }

    @Override
    public Future<Outcome> deliver(Peer peer, Delivery delivery) {
        Context here = home;
        long bytes = delivery.bytes();
        if (here == null) {
            return Future.succeededFuture(Away.of("this node does not forward now"));
        }
        if (!budget.take(bytes)) {
            return Future.succeededFuture(Away.of("as many bytes are with other nodes as may be"));
        }
        Promise<Outcome> answer = Promise.promise();
        Future<Outcome> done = answer.future().onComplete(over -> budget.release(bytes));
        long number = numbers.incrementAndGet();
        Buffer message;
        try {
            message = PeerRequests.encode(number, delivery, self, owners.version());
        } catch (MalformedBatchException malformed) {
            answer.complete(new Outcome.Rejected("malformed batch: " + malformed.getMessage()));
            return done;
        } catch (RuntimeException defect) {
            answer.fail(defect);
            return done;
        }
        if (message.length() > maxMessageBytes) {
            answer.complete(
                    new Outcome.Rejected(
                            "a delivery of " + message.length() + " bytes cannot be forwarded"));
            return done;
        }
        counters.sent(message.length());
        ExportName export = new ExportName(delivery.id().repo(), delivery.id().export());
        PeerLink.Sent sent = new PeerLink.Sent(number, export, message, answer);
        here.runOnContext(v -> link(peer).send(sent));
        return done;
    }

    private PeerLink link(Peer peer) {
        HttpClient open = client;
        if (open == null) {
            throw new IllegalStateException("not started");
        }
        return links.computeIfAbsent(peer, to -> new PeerLink(to, open, counters, secret));
    }

    /** {@code host:port}; the host may be an IPv6 address. */
    static SocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return SocketAddress.inetSocketAddress(
                Integer.parseInt(text.substring(colon + 1)), text.substring(0, colon));
    }
}
