package io.penstock.gateway.grpc;

import io.penstock.exporter.record.ByteChunks;
import io.penstock.gateway.guard.ConnectionWatch;
import io.penstock.gateway.ingest.BodyBudget;
import io.penstock.gateway.ingest.Coding;
import io.penstock.gateway.ingest.Discard;
import io.penstock.gateway.ingest.Entrant;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.Gathering;
import io.penstock.gateway.ingest.HeapChunks;
import io.penstock.gateway.ingest.Holdback;
import io.penstock.gateway.ingest.Inflated;
import io.penstock.gateway.ingest.IngressCounters;
import io.penstock.gateway.ingest.IngressNode;
import io.penstock.gateway.ingest.KnownRepo;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.OpenCall;
import io.penstock.gateway.ingest.Pace;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code Push}, {@code PushStream} or an OTLP {@code Export}.
 *
 * <p>Bytes are read while there is a free place for the next request, the client reads its answers,
 * and the node has room; otherwise the stream is paused, and HTTP/2 flow control holds the client.
 * A stream whose repo's owner is over a rate waits likewise, with one request in hand. Answers go
 * out in the order of the requests. A unary call is offered when its client has finished sending,
 * so that a second message or a cut-off is never found too late.
 *
 * <p>Threading: confined to the event loop of its lane.
 */
final class PushCall extends OpenCall implements Handler<Buffer>, BodyBudget.Waiter {
    /** Requests of one stream that wait for answers; a power of two. */
    static final int MAX_IN_FLIGHT = 32;

    private static final long CANCEL = 8;
    private static final long NO_DEADLINE = Long.MAX_VALUE;
    private static final byte[] NOTHING = new byte[0];

    private final Lane lane;
    private final IngressNode node;
    private final IngressCounters counters;
    private final Answers answers;
    private final AnswerQueue queue;
    private final GrpcFramer framer;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Method method;
    private final Entrant entrant;
    private final boolean unary;
    private final Coding coding;
    private final Gathering gathering;
    private final Pace pace;
    // Of a stream, which has no end of its own.
    private final @Nullable ConnectionWatch watch;

    // The rest of the chunk that was being cut up when reading had to stop.
    private byte[] rest = NOTHING;
    private int restOffset;
    private int restLength;

    // The message in hand: its bytes in the budget, and itself while a unary call waits for its
    // end.
    private int budgeted;
    private @Nullable ByteChunks kept;
    // The request of a stream whose repo's owner has had enough for the moment; it waits here.
    private @Nullable PushSlot ahead;
    private long aheadMs;

    private long deadlineMs = NO_DEADLINE;
    private long heardMs;
    private long unreadMs;

    private boolean requestEnded;
    private boolean finished;
    private boolean pumping;
    private boolean paused;
    // Why reading has to stop, apart from a full queue.
    private boolean inflating;
    private boolean crowded;
    private boolean unread;
    private boolean refused;

    PushCall(Lane lane, Answers answers, HttpServerRequest request, Method method, Coding coding) {
        this.lane = lane;
        this.node = lane.node();
        this.counters = node.grpc();
        this.answers = answers;
        this.method = method;
        this.entrant = lane.entrant();
        this.unary = method.unary();
        this.queue = new AnswerQueue(lane, this, method, unary ? 1 : MAX_IN_FLIGHT);
        this.framer = new GrpcFramer(lane);
        this.request = request;
        this.response = request.response();
        this.coding = coding;
        this.gathering = new Gathering(node);
        this.pace = new Pace(node.config());
        this.watch = unary ? null : ConnectionWatch.of(request.connection());
    }

    /** Who calls. */
    Entrant entrant() {
        return entrant;
    }

    /** Starts reading. */
    void begin(long timeoutMs) {
        heardMs = lane.nowMs();
        if (timeoutMs >= 0) {
            deadlineMs = heardMs + timeoutMs;
        }
        pace.begin(heardMs, 0);
        counters.opened();
        lane.begin(this);
        response.closeHandler(this::gone);
        response.putHeader(HttpHeaders.CONTENT_TYPE, GrpcIngress.CONTENT_TYPE);
        request.handler(this);
        request.endHandler(this::ended);
    }

    @Override
    public void handle(Buffer chunk) {
        if (!finished) {
            heardMs = lane.nowMs();
            if (!framer.inside() && !unary) {
                pace.begin(heardMs, 0);
            }
            HeapChunks.open(chunk, this::cutUp);
        }
    }

    private void cutUp(byte[] bytes, int offset, int length) {
        rest = bytes;
        restOffset = offset;
        restLength = length;
        pump();
    }

    /** The client has finished sending. Comes only when nothing of its bytes is left to cut up. */
    private void ended(Void nothing) {
        requestEnded = true;
        if (finished) {
            return;
        }
        if (framer.inside()) {
            fail(framer.cutOff());
        } else if (kept != null) {
            ByteChunks message = kept;
            kept = null;
            offer(message);
        } else if (unary) {
            fail(CallFaults.none(method));
        } else {
            endIfDone();
        }
    }

    /** Cuts up what is left of the chunk as far as it may, then reads on or not. */
    private void pump() {
        pumping = true;
        while (restLength > 0 && !finished && mayOffer()) {
            int before = framer.messageBytes();
            int used = framer.feed(rest, restOffset, restLength);
            restOffset += used;
            restLength -= used;
            gathered(framer.messageBytes() - before);
            Fault fault = framer.fault();
            if (finished) {
                break;
            } else if (fault != null) {
                fail(fault);
            } else if (framer.whole()) {
                message(framer.take());
            }
        }
        pumping = false;
        if (!finished) {
            readOnOrNot();
        }
    }

    private boolean mayOffer() {
        return !inflating && !unread && !refused && ahead == null && !queue.full();
    }

    private void charge(int bytes) {
        if (bytes > 0) {
            budgeted += bytes;
            node.budget().take(bytes);
        }
    }

    /** Bytes of a message that is not whole have come. */
    private void gathered(int bytes) {
        charge(bytes);
        ByteChunks start = framer.begun();
        if (!gathering.isOwned() && start != null && !framer.compressed()) {
            KnownRepo repo = method.repo(lane, start);
            if (repo != null) {
                gathering.owner(repo);
            }
        }
        Fault crowded = gathering.add(Math.max(0, bytes));
        if (crowded != null) {
            fail(crowded);
        }
    }

    private void readOnOrNot() {
        if (!crowded && framer.inside() && node.budget().over()) {
            BodyBudget.Turn turn = node.budget().await(this);
            if (turn == BodyBudget.Turn.REFUSED) {
                fail(BodyBudget.CROWDED);
                return;
            }
            crowded = turn == BodyBudget.Turn.WAIT;
        }
        boolean hold = crowded || restLength > 0 || !mayOffer();
        if (hold == paused || requestEnded) {
            return;
        }
        paused = hold;
        if (hold) {
            request.pause();
        } else {
            heardMs = lane.nowMs();
            pace.begin(heardMs, framer.messageBytes());
            request.resume();
        }
    }

    @Override
    public void room() {
        lane.run(
                () -> {
                    crowded = false;
                    goOn();
                });
    }

    private void goOn() {
        if (!finished && !pumping) {
            pump();
        }
    }

    private void message(ByteChunks message) {
        node.budget().leave(this);
        gathering.clear();
        counters.request(message.length());
        pace.begin(lane.nowMs(), 0);
        if (kept != null) {
            lane.giveBack(message);
            fail(CallFaults.second(method));
        } else if (!framer.compressed()) {
            plain(message);
        } else if (coding == Coding.IDENTITY) {
            lane.giveBack(message);
            fail(CallFaults.NO_ENCODING);
        } else {
            inflating = true;
            lane.inflate(coding, message, done -> inflated(message, done));
        }
    }

    private void inflated(ByteChunks compressed, Inflated done) {
        inflating = false;
        if (finished) {
            return;
        }
        node.budget().release(budgeted);
        budgeted = 0;
        lane.giveBack(compressed);
        if (done.bytes() == null) {
            refuse(Objects.requireNonNull(done.fault()));
        } else {
            charge(done.bytes().length());
            plain(done.bytes());
        }
        goOn();
    }

    private void plain(ByteChunks message) {
        if (unary) {
            kept = message;
        } else {
            offer(message);
        }
    }

    private void offer(ByteChunks message) {
        int bytes = budgeted;
        budgeted = 0;
        PushSlot slot = queue.next();
        Fault fault = method.take(slot, message, bytes);
        if (node.draining()) {
            fault = node.drainingFault();
        } else if (slot.isAhead() && !unary) {
            hold(slot, bytes);
            return;
        }
        send(slot, fault);
    }

    /** Keeps a request back, as far as its owner's share of the memory allows. */
    private void hold(PushSlot slot, int bytes) {
        gathering.owner(slot.knownRepo());
        Fault crowded = gathering.add(bytes);
        if (crowded == null) {
            ahead = slot;
            aheadMs = lane.nowMs();
        } else {
            send(slot, crowded);
        }
    }

    /** Asks once more for a request that waits, and no longer than for bytes. */
    private void askAgain(PushSlot slot, long nowMs) {
        Fault fault = slot.again();
        if (node.draining()) {
            fault = node.drainingFault();
        } else if (slot.isAhead() && nowMs - aheadMs <= node.config().bodyTimeoutMs()) {
            return;
        }
        ahead = null;
        gathering.clear();
        send(slot, fault);
        goOn();
    }

    private void send(PushSlot slot, @Nullable Fault fault) {
        if (fault == null) {
            slot.go();
        } else if (slot.isEmpty() && method.allowsEmpty()) {
            slot.nothing();
        } else {
            slot.fail(fault);
        }
    }

    private void refuse(Fault fault) {
        queue.next().fail(fault);
    }

    /** A slot has got its answer. */
    void answered(boolean well) {
        refused |= !well;
        if (finished) {
            return;
        }
        Fault fault = queue.collect(answers, counters);
        if (fault != null) {
            fail(fault);
        } else if (answers.any()) {
            write();
            goOn();
        }
    }

    private void write() {
        if (requestEnded && queue.empty() && !unread) {
            end();
            return;
        }
        response.write(answers.take());
        if (!unread && response.writeQueueFull()) {
            unread = true;
            unreadMs = lane.nowMs();
            response.drainHandler(this::read);
        }
    }

    private void read(Void nothing) {
        unread = false;
        if (finished) {
            return;
        }
        if (requestEnded) {
            endIfDone();
        } else {
            goOn();
        }
    }

    private void endIfDone() {
        if (queue.empty() && !unread) {
            end();
        }
    }

    private void end() {
        finish();
        response.putTrailer(Status.GRPC_STATUS, Status.OK);
        if (answers.any()) {
            response.end(answers.take());
        } else {
            response.end();
        }
    }

    /** Ends the call with a status, behind the answers that are due. */
    private void fail(Fault fault) {
        counters.fault(fault.kind());
        finish();
        if (unread) {
            // A status behind answers that nobody reads would only lie here.
            response.reset(CANCEL);
            return;
        }
        if (answers.any()) {
            response.write(answers.take());
        }
        if (deadlineMs - lane.nowMs() <= Holdback.MAX_MS) {
            end(fault);
        } else {
            Holdback.answer(lane, request, fault, () -> end(fault));
        }
    }

    private void end(Fault fault) {
        Status.write(
                method.told(fault),
                response.headWritten() ? response.trailers() : response.headers());
        response.end();
        Discard.rest(lane, request);
    }

    private void gone(Void nothing) {
        if (!finished) {
            finish();
        }
    }

    /** Nothing more is read, written or held. Requests that were offered stay offered. */
    private void finish() {
        finished = true;
        lane.end(this);
        counters.closed();
        node.budget().leave(this);
        gathering.clear();
        if (ahead != null) {
            ahead.letGo();
            ahead = null;
        }
        node.budget().release(budgeted);
        budgeted = 0;
        framer.drop();
        rest = NOTHING;
        restLength = 0;
        kept = null;
    }

    @Override
    protected void tick(long nowMs) {
        long patienceMs = node.config().bodyTimeoutMs();
        if (nowMs > deadlineMs) {
            fail(CallFaults.TIMEOUT);
        } else if (ahead != null) {
            askAgain(ahead, nowMs);
        } else if (unread && nowMs - unreadMs > patienceMs) {
            finish();
            response.reset(CANCEL);
        } else if (crowded && nowMs - heardMs > patienceMs) {
            // Whoever goes on reading may have stopped too; then all that wait must not outwait it.
            fail(BodyBudget.CROWDED);
        } else if (midway() && nowMs - heardMs > patienceMs) {
            fail(CallFaults.stalled(patienceMs));
        } else if (midway() && pace.tooSlow(nowMs, framer.messageBytes())) {
            fail(pace.fault());
        } else if (!midway() && queue.empty()) {
            goElsewhere();
        }
    }

    /** Ends a call between two requests where its client should go on with another connection. */
    private void goElsewhere() {
        if (node.draining()) {
            fail(node.drainingFault());
        } else if (watch != null && watch.retired()) {
            fail(CallFaults.AGED);
        }
    }

    /** Whether it is the client's turn to finish a request. */
    private boolean midway() {
        return !requestEnded && !paused && (unary || framer.inside());
    }
}
