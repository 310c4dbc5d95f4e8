package io.penstock.gateway.ingest;

import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.trace.Tracer;
import io.penstock.gateway.access.Denial;
import io.penstock.gateway.access.Entrance;
import io.penstock.gateway.access.Gate;
import io.penstock.gateway.access.Grant;
import io.penstock.gateway.guard.ConnectionWatch;
import io.penstock.gateway.guard.GuardedPorts;
import io.penstock.gateway.tls.TlsPort;
import io.penstock.model.TraceParent;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop of the data port: HTTP/1.1 and HTTP/2, with TLS or without, on one port or more,
 * shared by all instances. Deploy as many as there shall be loops. A port that cannot be opened
 * fails the start with a {@link BindException}.
 *
 * <p>Stopping says GOAWAY on every connection, lets requests under way finish for a while, then
 * closes. Call {@link IngressNode#drain} first.
 *
 * <p>Threading: confined to its event loop.
 */
public final class IngressVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(IngressVerticle.class);
    private static final int MAX_HEADER_LIST_BYTES = 16 << 10;
    private static final int MAX_REQUEST_LINE_BYTES = 4 << 10;

    /**
     * CVE-2023-44487: a client that opens streams only to reset them. Some reset a call or two when
     * their users give up; 200 within half a minute is nobody's.
     */
    private static final int MAX_RESETS = 200;

    private static final int RESETS_WINDOW_S = 30;

    /** CONTINUATION frames under 8 KiB that one header block may have. */
    private static final int MAX_SMALL_CONTINUATIONS = 16;

    private static final long STOP_GRACE_MS = 5000;

    private final IngressNode node;
    private final TlsPort tls;
    private final Supplier<Intake> intakes;
    private final List<Function<Lane, Transport>> kinds;
    private final List<Transport> transports = new ArrayList<>();
    private final Map<HttpConnection, Entrance> entrances = new HashMap<>();
    private final Map<HttpConnection, Seat> seats = new HashMap<>();
    private @Nullable Lane lane;
    private final List<HttpServer> servers = new ArrayList<>();

    /**
     * Makes one event loop's share of the data port.
     *
     * @param intakes called once, on the event loop
     * @param kinds what speaks over the port, asked in this order; the last must take everything
     */
    public IngressVerticle(
            IngressNode node, Supplier<Intake> intakes, List<Function<Lane, Transport>> kinds) {
        this(node, TlsPort.off(), intakes, kinds);
    }

    /** The same, with TLS where there is to be some; it has been read. */
    public IngressVerticle(
            IngressNode node,
            TlsPort tls,
            Supplier<Intake> intakes,
            List<Function<Lane, Transport>> kinds) {
        this.node = node;
        this.tls = tls;
        this.intakes = intakes;
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public Future<?> start() {
        Lane made = new Lane(vertx, node, intakes.get());
        lane = made;
        for (Function<Lane, Transport> kind : kinds) {
            transports.add(kind.apply(made));
        }
        vertx.setPeriodic(Lane.TICK_MS, timer -> made.tick());
        int[] ports = node.listenPorts();
        Future<?> open = Future.succeededFuture();
        for (int place = 0; place < ports.length; place++) {
            int mine = place;
            open = open.compose(before -> listen(mine, ports[mine]));
        }
        return open;
    }

    private Future<?> listen(int place, int port) {
        HttpServer server =
                vertx.createHttpServer(tls.apply(options(node.config())))
                        .requestHandler(this::route)
                        .exceptionHandler(tls::handshakeFailed)
                        .connectionHandler(this::connected);
        servers.add(server);
        return server.listen(port, node.config().host())
                .onSuccess(
                        bound -> {
                            node.bound(place, bound.actualPort());
                            GuardedPorts.open(vertx, bound.actualPort(), node.guardedPort());
                            tls.opened(bound);
                        })
                .recover(cause -> Future.failedFuture(new BindException(place, cause)));
    }

    @Override
    public Future<?> stop() {
        servers.forEach(tls::closed);
        List<Future<Void>> ends =
                servers.stream()
                        .map(server -> server.shutdown(STOP_GRACE_MS, TimeUnit.MILLISECONDS))
                        .toList();
        return Future.join(ends)
                .onComplete(
                        done -> {
                            if (lane != null) {
                                lane.close();
                            }
                        });
    }

    private void route(HttpServerRequest request) {
        Tracer tracer = node.tracer();
        if (tracer != null) {
            String parent = request.headers().get(TraceParent.HEADER);
            String state = request.headers().get(TraceParent.STATE_HEADER);
            Objects.requireNonNull(lane).comes(tracer.origin(parent, state));
        }
        for (Transport transport : transports) {
            if (transport.takes(request)) {
                enter(transport, request);
                return;
            }
        }
    }

    /** Whoever may push at all goes on; which repo is asked when it is known. */
    private void enter(Transport transport, HttpServerRequest request) {
        if (transport.isForAll(request)) {
            transport.handle(request);
            return;
        }
        Gate gate = node.gate();
        Lane here = Objects.requireNonNull(lane);
        if (gate.isOpen()) {
            handle(transport, request, gate.anybody());
            return;
        }
        String authorization = request.headers().get(HttpHeaders.AUTHORIZATION);
        HttpConnection connection = request.connection();
        Entrance entrance = entrances.computeIfAbsent(connection, first -> new Entrance());
        Grant grant = gate.enter(entrance, connection, authorization);
        Denial denial = gate.mayEnter(grant, authorization);
        if (denial != null) {
            transport.turnAway(here, request, Fault.of(denial));
            return;
        }
        handle(transport, request, grant);
    }

    private void handle(Transport transport, HttpServerRequest request, Grant grant) {
        Seat seat =
                node.admission().countsConnections()
                        ? seats.computeIfAbsent(request.connection(), Seat::new)
                        : null;
        Lane here = Objects.requireNonNull(lane);
        here.enters(grant, seat);
        try {
            transport.handle(request);
        } finally {
            here.left();
        }
    }

    private void connected(HttpConnection connection) {
        ConnectionTuning.apply(connection);
        // a client that goes away or speaks nonsense is not our error, and may come a thousand
        // times a second; what it does to its requests is told to these
        connection.exceptionHandler(
                fault -> LOG.debug("connection of {}: {}", connection.remoteAddress(), fault));
        ConnectionWatch watch = ConnectionWatch.of(connection);
        // of a Vert.x that guards no ports, or accepted before this one was guarded
        boolean unguarded = watch == null;
        if (watch != null) {
            watch.speaks(connection);
        } else if (node.guardedPort().enter(null) != null) {
            connection.close();
            return;
        }
        connection.closeHandler(
                closed -> {
                    entrances.remove(connection);
                    Seat seat = seats.remove(connection);
                    if (seat != null) {
                        seat.leave();
                    }
                    if (unguarded) {
                        node.guardedPort().leave(null);
                    }
                });
    }

    private static HttpServerOptions options(IngressConfig config) {
        Http2Settings http2 =
                new Http2Settings()
                        .setInitialWindowSize(config.streamWindowBytes())
                        .setMaxFrameSize(config.maxFrameBytes())
                        .setMaxConcurrentStreams(config.maxConcurrentStreams())
                        .setMaxHeaderListSize(MAX_HEADER_LIST_BYTES);
        return new HttpServerOptions()
                .setInitialSettings(http2)
                // its connection window stays at the least until the watch widens it
                .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS)
                .setHttp2RstFloodWindowDuration(RESETS_WINDOW_S)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setHttp2MaxSmallContinuationFrames(MAX_SMALL_CONTINUATIONS)
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxChunkSize(config.maxFrameBytes())
                .setMaxHeaderSize(MAX_HEADER_LIST_BYTES)
                .setHandle100ContinueAutomatically(false)
                // nobody speaks WebSocket here, and what looks for it ends deep pipelines
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setIdleTimeout((int) config.idleTimeoutMs())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }
}
