package io.penstock.gateway.ingest;

import io.penstock.exporter.record.BatchScan;
import io.penstock.exporter.record.ByteChunks;
import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.trace.Origin;
import io.penstock.gateway.access.Grant;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of one event loop share: the intake, the scan, the names seen last, the clock.
 *
 * <p>Threading: confined to one event loop.
 */
public final class Lane {
    /** How often open calls are looked at: the grain of all time-outs. */
    static final long TICK_MS = 100;

    private static final int MAX_SPARE_CHUNKS = 64;

    private final Vertx vertx;
    private final Context context;
    private final IngressNode node;
    private final Intake intake;
    private final WorkerExecutor inflaters;
    private final KnownRepos repos = new KnownRepos();
    private final BatchScan scan;
    // As many as tenants have limits of their own.
    private final Map<Integer, BatchScan> narrow = new HashMap<>();
    private final PushEnvelope envelope = new PushEnvelope();
    private final ArrayDeque<ByteChunks> spare = new ArrayDeque<>();
    private final OpenCall.All open = new OpenCall.All();
    private final BodyInflater inflater;
    private long nowMs = clock();
    private @Nullable Entrant entrant;
    private @Nullable Origin origin;

    /** Makes the lane of the event loop that calls. */
    Lane(Vertx vertx, IngressNode node, Intake intake) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.node = node;
        this.intake = intake;
        this.scan = new BatchScan(node.config().maxRecordBytes());
        this.inflater = new BodyInflater(node.config());
        this.inflaters = vertx.createSharedWorkerExecutor("penstock-inflate", BodyInflater.THREADS);
    }

    /** For clients and services beside the hot path. */
    public Vertx vertx() {
        return vertx;
    }

    /** What all lanes share. */
    public IngressNode node() {
        return node;
    }

    /** A monotonic clock in milliseconds, as of the last tick. */
    public long nowMs() {
        return nowMs;
    }

    /** Calls under way on this lane. */
    public int openCalls() {
        return open.size();
    }

    /** Has a call looked at from now on. */
    public void begin(OpenCall call) {
        open.add(call);
    }

    /** Forgets a call; harmless when it is forgotten already. */
    public void end(OpenCall call) {
        open.remove(call);
    }

    /** Runs on this lane's event loop, later. */
    public void run(Runnable task) {
        context.runOnContext(nothing -> task.run());
    }

    /** Empty chunks for one message; give them back with {@link #giveBack}. */
    public ByteChunks borrow() {
        ByteChunks kept = spare.poll();
        return kept == null ? new ByteChunks() : kept;
    }

    /** Takes chunks back; whoever calls must not use them any more. */
    public void giveBack(ByteChunks chunks) {
        if (spare.size() < MAX_SPARE_CHUNKS) {
            chunks.clear();
            spare.push(chunks);
        }
    }

    /**
     * Undoes a compression off the event loop and answers on it. The compressed bytes must stay as
     * they are until then.
     */
    public void inflate(Coding coding, ByteChunks bytes, Consumer<Inflated> answer) {
        work(() -> inflater.inflate(coding, bytes), answer);
    }

    /** Makes other bytes of a message off the event loop, on the same few threads. */
    public void work(Callable<Inflated> task, Consumer<Inflated> answer) {
        inflaters
                .executeBlocking(task, false)
                .onComplete(
                        done ->
                                answer.accept(
                                        done.succeeded() ? done.result() : broken(done.cause())));
    }

    private static Inflated broken(Throwable cause) {
        return Inflated.failed(
                Fault.of(
                        FaultKind.DEFECT, "unpacking failed: " + cause.getClass().getSimpleName()));
    }

    /** The repo of these bytes, or null when they are no repo name. */
    public @Nullable KnownRepo repo(byte[] utf8, int length) {
        return repos.find(utf8, length);
    }

    /**
     * Who sent the request that is being handled. To be noted in the turn of the event loop in
     * which a transport is given the request; later it is anybody.
     */
    public Entrant entrant() {
        Entrant now = entrant;
        return now == null ? new Entrant(node.gate().anybody(), null, origin) : now;
    }

    /** A request of this origin is handled next. */
    void comes(@Nullable Origin from) {
        origin = from;
    }

    /** A request of somebody is handled from now on. */
    void enters(Grant grant, @Nullable Seat seat) {
        entrant = new Entrant(grant, seat, origin);
    }

    /** It has been handled. */
    void left() {
        entrant = null;
        origin = null;
    }

    /**
     * The repo that a {@code PushRequest} is for, of which only the first bytes have come; null
     * when they do not begin with it.
     */
    public @Nullable KnownRepo peek(ByteChunks start) {
        return envelope.peek(start) ? repo(envelope.repo, envelope.repoLength) : null;
    }

    /** The scan for records of up to so many bytes, or of the node's limit where that is less. */
    BatchScan scan(int maxRecordBytes) {
        if (maxRecordBytes >= node.config().maxRecordBytes()) {
            return scan;
        }
        return narrow.computeIfAbsent(maxRecordBytes, BatchScan::new);
    }

    PushEnvelope envelope() {
        return envelope;
    }

    Intake intake() {
        return intake;
    }

    void tick() {
        nowMs = clock();
        open.tick(nowMs);
    }

    void close() {
        inflaters.close();
    }

    private static long clock() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
