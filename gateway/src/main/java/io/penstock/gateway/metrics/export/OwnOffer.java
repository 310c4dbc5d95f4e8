package io.penstock.gateway.metrics.export;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.ring.SlotWriter;
import io.penstock.exporter.stage.Offer;
import io.penstock.exporter.stage.Refusal;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import java.util.function.Consumer;

/**
 * A batch of own metrics before the repo.
 *
 * @param repo where it goes
 * @param batch what goes
 * @param timeMs when it was made
 * @param end told how it ended: empty when it was staged, else why not
 */
record OwnOffer(RepoName repo, OwnBatch batch, long timeMs, Consumer<String> end) implements Offer {
    @Override
    public AckLevel ack() {
        return AckLevel.STAGED;
    }

    @Override
    public int bodyBytes() {
        return batch.body().length;
    }

    @Override
    public int records() {
        return batch.records();
    }

    @Override
    public byte encoding() {
        return Encoding.NATIVE.code();
    }

    /** None: a batch that was refused is not offered again. */
    @Override
    public long producerId() {
        return 0;
    }

    @Override
    public long sequence() {
        return 0;
    }

    @Override
    public long arrivedMs() {
        return timeMs;
    }

    @Override
    public void writeBody(SlotWriter slot) {
        slot.put(batch.body(), 0, batch.body().length);
    }

    @Override
    public void accepted(Receipt receipt) {
        end.accept("");
    }

    @Override
    public void refused(Refusal why) {
        end.accept(why.message());
    }
}
