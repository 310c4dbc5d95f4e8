package io.penstock.gateway.ingest;

import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.Offer;
import io.penstock.exporter.stage.Refusal;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An intake that keeps what it takes in memory, with switches for all that a real one may do.
 * Shared by all lanes of a test.
 */
public final class FakeIntake implements Intake {
    /** Epoch of every receipt. */
    public static final long EPOCH = 0xfedc_ba98_7654_3210L;

    /** What was staged, in order. */
    public record Staged(
            RepoName repo,
            byte encoding,
            int records,
            long producerId,
            long sequence,
            AckLevel ack,
            Buffer bytes) {
        /** The batch as it was written into the slot. */
        public byte[] body() {
            return bytes.getBytes();
        }
    }

    private final List<Staged> staged = new CopyOnWriteArrayList<>();
    private final Map<String, Receipt> seen = new ConcurrentHashMap<>();
    private final AtomicLong position = new AtomicLong(4096);
    private final List<Runnable> held = new ArrayList<>();
    private volatile @Nullable Refusal refusal;
    private volatile boolean hold;
    private volatile boolean later;

    /** Everything that was staged. */
    public List<Staged> staged() {
        return staged;
    }

    /** From now on everything is refused; null ends that. */
    public void refuse(@Nullable Refusal why) {
        refusal = why;
    }

    /** From now on answers are held back until {@link #letGo}. */
    public void hold() {
        hold = true;
    }

    /** From now on answers come after the event loop's present turn. */
    public void answerLater() {
        later = true;
    }

    /** How many answers are held back. */
    public int heldAnswers() {
        synchronized (held) {
            return held.size();
        }
    }

    /** Gives the answers that were held back, on their event loops, and holds none from now on. */
    public void letGo() {
        hold = false;
        synchronized (held) {
            held.forEach(Runnable::run);
            held.clear();
        }
    }

    @Override
    public void offer(Offer offer) {
        if (hold) {
            Context context = Vertx.currentContext();
            synchronized (held) {
                held.add(() -> context.runOnContext(nothing -> take(offer)));
            }
        } else if (later) {
            Vertx.currentContext().runOnContext(nothing -> take(offer));
        } else {
            take(offer);
        }
    }

    private void take(Offer offer) {
        Refusal why = refusal;
        if (why != null) {
            offer.refused(why);
            return;
        }
        String key = offer.repo() + "/" + offer.producerId() + "/" + offer.sequence();
        Receipt before = offer.producerId() == 0 ? null : seen.get(key);
        if (before != null) {
            offer.accepted(
                    new Receipt(
                            before.repo(),
                            before.epoch(),
                            before.firstPosition(),
                            before.endPosition(),
                            before.records(),
                            true));
            return;
        }
        Staged entry = copy(offer);
        staged.add(entry);
        long first = position.getAndAdd(entry.bytes().length() + 64);
        Receipt receipt =
                new Receipt(
                        entry.repo(),
                        EPOCH,
                        first,
                        first + entry.bytes().length() + 64,
                        entry.records(),
                        false);
        seen.put(key, receipt);
        offer.accepted(receipt);
    }

    private static Staged copy(Offer offer) {
        byte[] body = new byte[offer.bodyBytes()];
        int[] at = {0};
        offer.writeBody(
                (source, offset, length) -> {
                    System.arraycopy(source, offset, body, at[0], length);
                    at[0] += length;
                });
        if (at[0] != body.length) {
            throw new AssertionError("announced " + body.length + " bytes, wrote " + at[0]);
        }
        return new Staged(
                offer.repo(),
                offer.encoding(),
                offer.records(),
                offer.producerId(),
                offer.sequence(),
                offer.ack(),
                Buffer.buffer(body));
    }
}
