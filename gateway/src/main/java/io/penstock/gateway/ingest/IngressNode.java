package io.penstock.gateway.ingest;

import io.penstock.exporter.trace.Tracer;
import io.penstock.gateway.access.Gate;
import io.penstock.gateway.guard.GuardedPort;
import io.penstock.model.RepoName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What all event loops of the data port share: limits, counters, and whether the node drains.
 *
 * <p>Threading: any thread.
 */
public final class IngressNode {
    /** Fewest streams that may be paused for want of room before requests are refused. */
    private static final int MIN_PAUSED_STREAMS = 16;

    /** When clients of a draining node may look again; it takes about that to be replaced. */
    private static final long DRAIN_RETRY_MS = 1000;

    private static final AtomicInteger NODES = new AtomicInteger();

    private final String nodeId;
    private final byte[] nodeIdUtf8;
    private final IngressConfig config;
    private final BodyBudget budget;
    private final IngressCounters grpc = new IngressCounters();
    private final IngressCounters http = new IngressCounters();
    private final GuardedPort guardedPort;
    private final int[] listenPorts;
    private final AtomicIntegerArray ports;
    private volatile Admission admission = Admission.ALL;
    private volatile boolean draining;
    private volatile @Nullable Tracer tracer;
    private volatile Gate gate = Gate.open();
    private volatile @Nullable Map<RepoName, RoutingHint> hints;

    /**
     * Makes the shared part of a data port.
     *
     * @param nodeId name of the node in receipts
     */
    public IngressNode(String nodeId, IngressConfig config) {
        this(nodeId, config, List.of());
    }

    /**
     * The same with more ports, on which the same is spoken.
     *
     * @param morePorts behind that of the configuration; 0 for a free one
     */
    public IngressNode(String nodeId, IngressConfig config, List<Integer> morePorts) {
        this.nodeId = nodeId;
        this.nodeIdUtf8 = nodeId.getBytes(StandardCharsets.UTF_8);
        this.config = config;
        // What the paused streams hold unread is then no more than the budget itself.
        long paused = config.maxInflightBytes() / config.streamWindowBytes();
        this.budget =
                new BodyBudget(
                        config.maxInflightBytes(), (int) Math.max(MIN_PAUSED_STREAMS, paused));
        this.guardedPort =
                new GuardedPort(
                        config.guard(),
                        new GuardedPort.Limits(
                                config.maxConnections(),
                                config.idleTimeoutMs(),
                                0, // calls watch their bodies themselves
                                config.bodyTimeoutMs(),
                                config.connectionWindowBytes()));
        // Vert.x has the listeners of one Vertx share a free port when they name the same
        // negative number.
        this.listenPorts =
                IntStream.concat(
                                IntStream.of(config.port()),
                                morePorts.stream().mapToInt(Integer::intValue))
                        .map(port -> port == 0 ? -NODES.incrementAndGet() : port)
                        .toArray();
        this.ports = new AtomicIntegerArray(listenPorts.length);
    }

    /** Name of the node in receipts. */
    public String nodeId() {
        return nodeId;
    }

    /** The same in UTF-8; not to be changed. */
    public byte[] nodeIdUtf8() {
        return nodeIdUtf8;
    }

    /** The settings. */
    public IngressConfig config() {
        return config;
    }

    /** Bytes in flight. */
    public BodyBudget budget() {
        return budget;
    }

    /** Sets who may push how much; before the first request. */
    public void admission(Admission rules) {
        admission = rules;
    }

    /** Who may push how much. */
    public Admission admission() {
        return admission;
    }

    /** What gRPC has seen. */
    public IngressCounters grpc() {
        return grpc;
    }

    /** What HTTP has seen. */
    public IngressCounters http() {
        return http;
    }

    /** Connections that are open. */
    public int connections() {
        return guardedPort.connections();
    }

    /** What all connections pass. */
    public GuardedPort guardedPort() {
        return guardedPort;
    }

    /** The port that was bound; 0 before. */
    public int port() {
        return port(0);
    }

    /**
     * One of the ports that were bound; 0 before.
     *
     * @param place 0 for the data port, then as they were given
     */
    public int port(int place) {
        return ports.get(place);
    }

    /** Where batches of these repos are better pushed; replaces what was said before. */
    public void hint(Map<RepoName, RoutingHint> better) {
        hints = better.isEmpty() ? null : Map.copyOf(better);
    }

    /** Where batches of a repo are better pushed, or null. */
    public @Nullable RoutingHint hint(RepoName repo) {
        Map<RepoName, RoutingHint> now = hints;
        return now == null ? null : now.get(repo);
    }

    /** From now on requests come in by this gate; before, everybody may push. */
    public void guardedBy(Gate who) {
        gate = who;
    }

    /** From now on pushes are traced as this one says; null for none. */
    public void tracedBy(@Nullable Tracer who) {
        tracer = who;
    }

    @Nullable Tracer tracer() {
        return tracer;
    }

    /** Says who may push. */
    public Gate gate() {
        return gate;
    }

    /** From now on every new request is refused as unavailable; those under way go on. */
    public void drain() {
        draining = true;
    }

    /** Whether new requests are refused. */
    public boolean draining() {
        return draining;
    }

    /** The answer to a request while {@link #draining}. */
    public Fault drainingFault() {
        return new Fault(
                FaultKind.UNAVAILABLE, "the node is draining", Fault.NOWHERE, DRAIN_RETRY_MS);
    }

    int[] listenPorts() {
        return listenPorts;
    }

    void bound(int place, int actualPort) {
        ports.set(place, actualPort);
    }
}
