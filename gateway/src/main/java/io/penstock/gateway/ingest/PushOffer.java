package io.penstock.gateway.ingest;

import io.penstock.exporter.record.BatchFault;
import io.penstock.exporter.record.BatchScan;
import io.penstock.exporter.record.ByteChunks;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.ring.SlotWriter;
import io.penstock.exporter.stage.Offer;
import io.penstock.exporter.stage.Refusal;
import io.penstock.exporter.trace.BatchTrace;
import io.penstock.exporter.trace.Origin;
import io.penstock.gateway.access.Denial;
import io.penstock.gateway.access.Role;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way into a stage. Holds the message's chunks until the ring has its copy, and
 * what they count in the node's budget.
 *
 * <p>Used again for the next batch of a stream after its answer. Threading: confined to the event
 * loop of its lane.
 */
public abstract class PushOffer implements Offer {
    private static final AckLevel[] ACKS = {
        AckLevel.STAGED, AckLevel.STAGED, AckLevel.SYNCED, AckLevel.DELIVERED
    };

    private final Lane lane;
    private final Entrant entrant;
    private @Nullable BatchTrace trace;
    private @Nullable ByteChunks body;
    private int counted;

    private @Nullable KnownRepo repo;
    private AckLevel ack = AckLevel.STAGED;
    private Encoding encoding = Encoding.NATIVE;
    private long producerId;
    private long sequence;
    private int batchAt;
    private int batchBytes;
    private int records;
    private boolean empty;
    private long arrivedMs;

    // What it counts in with the repo's owner, from its claim to its answer.
    private @Nullable Quota quota;
    private long charged;
    private boolean going;
    private boolean ahead;
    private boolean unseated;

    /** Makes an offer without a batch, for the request that is being handled. */
    protected PushOffer(Lane lane) {
        this(lane, lane.entrant());
    }

    /**
     * Makes an offer without a batch.
     *
     * @param entrant who sent the request: {@link Lane#entrant} of when it was handled
     */
    protected PushOffer(Lane lane, Entrant entrant) {
        this.lane = lane;
        this.entrant = entrant;
    }

    /**
     * Takes a whole {@code PushRequest}: reads its envelope and scans its batch.
     *
     * @param message its bytes; this offer gives them back to the lane
     * @param budgeted bytes that were taken from the node's budget for it
     * @return what is wrong with it, or null when it may be {@linkplain #go offered}
     */
    public final @Nullable Fault request(ByteChunks message, int budgeted) {
        hold(message, budgeted);
        PushEnvelope envelope = lane.envelope();
        Fault fault = envelope.parse(message);
        if (fault != null) {
            return fault;
        }
        if (envelope.ack < 0 || envelope.ack >= ACKS.length) {
            return Fault.of(FaultKind.MALFORMED, "unknown acknowledgement level " + envelope.ack);
        }
        repo = lane.repo(envelope.repo, envelope.repoLength);
        if (repo == null) {
            return badName(envelope);
        }
        fault = denied(repo.name());
        if (fault != null) {
            return fault;
        }
        ack = ACKS[(int) envelope.ack];
        encoding = Encoding.NATIVE;
        batchAt = envelope.batchAt;
        batchBytes = envelope.batchBytes;
        return numbered(envelope.producerId, envelope.sequence);
    }

    /**
     * Takes a whole batch whose envelope came by other means.
     *
     * @param batch its bytes; this offer gives them back to the lane
     * @param budgeted bytes that were taken from the node's budget for it
     * @return what is wrong with it, or null when it may be {@linkplain #go offered}
     */
    public final @Nullable Fault batch(
            KnownRepo to, AckLevel level, Encoding form, ByteChunks batch, int budgeted) {
        hold(batch, budgeted);
        Fault fault = denied(to.name());
        if (fault != null) {
            return fault;
        }
        repo = to;
        ack = level;
        encoding = form;
        batchAt = 0;
        batchBytes = batch.length();
        return numbered(producerId, sequence);
    }

    /** Asked for each batch: a key may have been revoked since its stream was opened. */
    private @Nullable Fault denied(RepoName to) {
        Denial denial = entrant.grant().denial(Role.PUSH, to, lane.node().gate().nowMs());
        return denial == null ? null : Fault.of(denial);
    }

    /** Holds the bytes of a request that is refused, until {@link #letGo}. */
    public final void keep(ByteChunks message, int budgeted) {
        hold(message, budgeted);
    }

    /** Names the producer ahead of {@link #batch}; 0 for none. */
    public final void producer(long id, long number) {
        producerId = id;
        sequence = number;
    }

    private @Nullable Fault numbered(long id, long number) {
        producerId = id;
        sequence = number;
        if (id != 0 && number <= 0) {
            return Fault.of(
                    FaultKind.BAD_SEQUENCE,
                    "sequence "
                            + Long.toUnsignedString(number)
                            + " of a producer is outside 1 to 2^63-1");
        }
        Fault over = admit();
        return over == null ? scan() : over;
    }

    /**
     * Counts a request whose repo is known before its body.
     *
     * @param bytes of its batch as far as they are known
     * @return null when its body may be read, else why not
     */
    public final @Nullable Fault claim(KnownRepo to, long bytes) {
        Fault fault = denied(to.name()); // nobody uses up what is another's
        if (fault != null) {
            return fault;
        }
        Quota its = to.quota(lane.node().admission());
        Seat seat = entrant.seat();
        fault = seat == null ? null : seat.take(its);
        unseated = fault != null;
        fault = unseated ? fault : its.begin(bytes);
        if (fault == null) {
            quota = its;
            charged = bytes;
        }
        return fault;
    }

    private @Nullable Fault admit() {
        Quota claimed = quota;
        if (claimed == null) {
            Fault fault = claim(knownRepo(), batchBytes);
            // a connection that may not be there is told so; it is not paused
            ahead = fault != null && fault.kind() == FaultKind.FULL && !unseated;
            return fault;
        }
        Fault fault = claimed.resize(charged, batchBytes);
        charged = batchBytes;
        return fault;
    }

    /** Whether all that is wrong is that the repo's owner has had enough for the moment. */
    public final boolean isAhead() {
        return ahead;
    }

    /** Asks once more for what is {@link #isAhead}; answers like what it was taken by. */
    public final @Nullable Fault again() {
        ahead = false;
        return numbered(producerId, sequence);
    }

    /** A request that is not on its way counts no more; harmless for any other. */
    public final void forgo() {
        if (!going) {
            settle(false);
        }
    }

    private void settle(boolean accepted) {
        Quota claimed = quota;
        going = false;
        if (claimed != null) {
            quota = null;
            claimed.end(accepted, charged);
        }
    }

    private @Nullable Fault scan() {
        BatchScan scan = lane.scan(quota == null ? Integer.MAX_VALUE : quota.maxRecordBytes());
        int found = scan.scan(encoding, held(), batchAt, batchBytes);
        if (found == BatchScan.FAULT) {
            BatchFault fault = Objects.requireNonNull(scan.fault());
            empty = fault.kind() == BatchFault.Kind.EMPTY;
            return Fault.of(fault);
        }
        records = found;
        return null;
    }

    /** Whether all that is wrong with the batch is that it holds no record. */
    public final boolean isEmpty() {
        return empty;
    }

    private static Fault badName(PushEnvelope envelope) {
        String name = new String(envelope.repo, 0, envelope.repoLength, StandardCharsets.UTF_8);
        return Fault.of(FaultKind.MALFORMED, RepoName.fault(name));
    }

    /** Offers the batch; the answer may come before this returns. */
    public final void go() {
        arrivedMs = System.currentTimeMillis();
        going = true;
        Origin origin = entrant.origin();
        if (origin != null) {
            trace = origin.begin(repo(), records, batchBytes, arrivedMs);
        }
        lane.intake().offer(this);
    }

    private void hold(ByteChunks message, int budgeted) {
        body = message;
        counted = budgeted;
        empty = false;
        ahead = false;
    }

    private ByteChunks held() {
        if (body == null) {
            throw new IllegalStateException("the body has been let go");
        }
        return body;
    }

    /** Lets go of the body; harmless when that has happened. */
    public final void letGo() {
        ByteChunks mine = body;
        if (mine != null) {
            body = null;
            lane.node().budget().release(counted);
            lane.giveBack(mine);
        }
        forgo();
    }

    @Override
    public final RepoName repo() {
        return knownRepo().name();
    }

    /** The repo with its bytes. */
    public final KnownRepo knownRepo() {
        if (repo == null) {
            throw new IllegalStateException("no batch");
        }
        return repo;
    }

    @Override
    public final AckLevel ack() {
        return ack;
    }

    @Override
    public final int bodyBytes() {
        return batchBytes;
    }

    @Override
    public final int records() {
        return records;
    }

    @Override
    public final byte encoding() {
        return encoding.code();
    }

    @Override
    public final long producerId() {
        return producerId;
    }

    @Override
    public final long sequence() {
        return sequence;
    }

    @Override
    public final long arrivedMs() {
        return arrivedMs;
    }

    /**
     * Copies the batch into the ring. The heap is let go here, not at the answer, which may wait.
     */
    @Override
    public final void writeBody(SlotWriter slot) {
        held().forEach(batchAt, batchBytes, slot::put);
        if (trace != null) {
            trace.placed(slot.position());
        }
        letGo();
    }

    @Override
    public final void accepted(Receipt receipt) {
        letGo();
        settle(true);
        if (trace != null) {
            trace.accepted(receipt);
        }
        answered(receipt, null);
    }

    @Override
    public final void refused(Refusal why) {
        letGo();
        settle(false);
        Fault fault = Fault.of(why);
        if (trace != null) {
            trace.refused(fault.message());
        }
        answered(null, fault);
    }

    /** The stage's answer: exactly one of the two is there. */
    protected abstract void answered(@Nullable Receipt receipt, @Nullable Fault fault);
}
