package io.penstock.gateway.http;

import io.penstock.exporter.record.ByteChunks;
import io.penstock.gateway.ingest.BodyBudget;
import io.penstock.gateway.ingest.Coding;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Gathering;
import io.penstock.gateway.ingest.HeapChunks;
import io.penstock.gateway.ingest.Inflated;
import io.penstock.gateway.ingest.IngressNode;
import io.penstock.gateway.ingest.KnownRepo;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.OpenCall;
import io.penstock.gateway.ingest.Pace;
import io.penstock.gateway.ingest.PushOffer;
import io.penstock.model.Receipt;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request that carries a batch. Its body is gathered chunk by chunk, as it lies, and offered
 * when it is whole. Threading: confined to the event loop of its lane.
 */
final class HttpPush extends OpenCall implements Handler<Buffer>, BodyBudget.Waiter {
    private final Lane lane;
    private final IngressNode node;
    private final HttpServerRequest request;
    private final Coding coding;
    private final Dialect dialect;
    private final BatchOffer offer;
    private final Gathering gathering;
    private final Pace pace;

    private @Nullable ByteChunks body;
    private int budgeted;
    private long heardMs;
    private boolean requestEnded;
    private boolean crowded;
    private boolean finished;

    HttpPush(Lane lane, HttpServerRequest request, Coding coding, Dialect dialect) {
        this.lane = lane;
        this.node = lane.node();
        this.request = request;
        this.coding = coding;
        this.dialect = dialect;
        this.offer = new BatchOffer();
        this.gathering = new Gathering(lane.node());
        this.pace = new Pace(node.config());
    }

    /** Counts the request where its repo is known by now; null when its body may be read. */
    @Nullable Fault claim(long announcedBytes) {
        KnownRepo repo = dialect.repo();
        if (repo == null) {
            return null;
        }
        gathering.owner(repo);
        return offer.claim(repo, announcedBytes);
    }

    /** Starts reading the body. */
    void begin() {
        body = lane.borrow();
        heardMs = lane.nowMs();
        pace.begin(heardMs, 0);
        node.http().opened();
        lane.begin(this);
        request.response().closeHandler(this::gone);
        request.handler(this);
        request.endHandler(this::ended);
    }

    @Override
    public void handle(Buffer chunk) {
        if (!finished) {
            heardMs = lane.nowMs();
            HeapChunks.open(chunk, this::add);
        }
    }

    private void add(byte[] bytes, int offset, int length) {
        ByteChunks gathered = Objects.requireNonNull(body);
        int limit = node.config().maxBatchBytes();
        if (length > limit - gathered.length()) {
            fail(HttpIngress.tooLong("over " + limit + " bytes", limit));
            return;
        }
        gathered.gather(bytes, offset, length);
        budgeted += length;
        node.budget().take(length);
        Fault over = gathering.add(length);
        if (over != null) {
            fail(over);
        } else if (node.budget().over()) {
            waitForRoom();
        }
    }

    private void waitForRoom() {
        BodyBudget.Turn turn = node.budget().await(this);
        if (turn == BodyBudget.Turn.REFUSED) {
            fail(BodyBudget.CROWDED);
        } else if (turn == BodyBudget.Turn.WAIT) {
            crowded = true;
            request.pause();
        }
    }

    @Override
    public void room() {
        lane.run(
                () -> {
                    if (crowded && !finished) {
                        crowded = false;
                        heardMs = lane.nowMs();
                        pace.begin(heardMs, budgeted);
                        request.resume();
                    }
                });
    }

    private void ended(Void nothing) {
        requestEnded = true;
        if (finished) {
            return;
        }
        node.budget().leave(this);
        gathering.clear();
        ByteChunks whole = Objects.requireNonNull(body);
        body = null;
        node.http().request(whole.length());
        if (coding == Coding.IDENTITY) {
            convert(whole);
        } else {
            lane.inflate(coding, whole, done -> unpacked(whole, done, this::convert));
        }
    }

    private void convert(ByteChunks plain) {
        Function<ByteChunks, Inflated> conversion = dialect.conversion();
        if (conversion == null) {
            offer(plain);
        } else {
            lane.work(() -> conversion.apply(plain), done -> unpacked(plain, done, this::offer));
        }
    }

    /** Goes on with what was made of the bytes so far. */
    private void unpacked(ByteChunks before, Inflated done, Consumer<ByteChunks> next) {
        node.budget().release(budgeted);
        budgeted = 0;
        lane.giveBack(before);
        if (finished) {
            return;
        }
        if (done.bytes() == null) {
            fail(Objects.requireNonNull(done.fault()));
        } else {
            budgeted = done.bytes().length();
            node.budget().take(budgeted);
            next.accept(done.bytes());
        }
    }

    private void offer(ByteChunks batch) {
        int bytes = budgeted;
        budgeted = 0;
        Fault fault = dialect.take(offer, batch, bytes);
        if (fault == null) {
            offer.go();
            return;
        }
        offer.letGo();
        if (dialect.allowsNothing(offer)) {
            answered(null, null);
        } else {
            fail(fault);
        }
    }

    private void answered(@Nullable Receipt receipt, @Nullable Fault fault) {
        if (dialect.takesNext(offer, receipt, fault)) {
            offer.go();
            return;
        }
        if (finished) {
            return;
        }
        if (fault != null) {
            fail(fault);
            return;
        }
        finish();
        node.http().accepted();
        dialect.accept(request, receipt);
    }

    private void fail(Fault fault) {
        finish();
        dialect.refuse(request, fault);
    }

    private void gone(Void nothing) {
        if (!finished) {
            finish();
        }
    }

    /** Nothing more is read or held. A batch that was offered stays offered. */
    private void finish() {
        finished = true;
        lane.end(this);
        node.http().closed();
        node.budget().leave(this);
        gathering.clear();
        offer.forgo();
        if (body != null) {
            lane.giveBack(body);
            body = null;
            node.budget().release(budgeted);
            budgeted = 0;
        }
    }

    @Override
    protected void tick(long nowMs) {
        long patienceMs = node.config().bodyTimeoutMs();
        if (requestEnded) {
            return;
        }
        if (nowMs - heardMs <= patienceMs) {
            if (!crowded && pace.tooSlow(nowMs, budgeted)) {
                fail(pace.fault());
            }
        } else if (crowded) {
            fail(BodyBudget.CROWDED);
        } else {
            fail(Fault.of(FaultKind.STALLED, "nothing of the body came for " + patienceMs + " ms"));
        }
    }

    /** The batch of this request. */
    private final class BatchOffer extends PushOffer {
        BatchOffer() {
            super(lane);
        }

        @Override
        protected void answered(@Nullable Receipt receipt, @Nullable Fault fault) {
            HttpPush.this.answered(receipt, fault);
        }
    }
}
