package io.penstock.gateway.metrics;

import com.codahale.metrics.Histogram;
import io.penstock.exporter.ring.SlotWriter;
import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.Offer;
import io.penstock.exporter.stage.Refusal;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import java.util.EnumMap;
import java.util.Map;

/**
 * Measures how long offers wait for their receipts: one offer per millisecond and event loop, which
 * is plenty for quantiles and costs the others one comparison.
 *
 * <p>Threading: confined to one event loop; the histograms are shared.
 */
public final class TimedIntake implements Intake {
    private final Intake intake;
    private final Map<AckLevel, Histogram> histograms;
    private long sampledMs;

    /** Measures offers to {@code intake}. */
    public TimedIntake(Intake intake, Map<AckLevel, Histogram> histograms) {
        this.intake = intake;
        this.histograms = new EnumMap<>(histograms);
    }

    @Override
    public void offer(Offer offer) {
        long arrivedMs = offer.arrivedMs();
        Histogram histogram = histograms.get(offer.ack());
        if (arrivedMs == sampledMs || histogram == null) {
            intake.offer(offer);
            return;
        }
        sampledMs = arrivedMs;
        intake.offer(new Timed(offer, histogram, System.nanoTime()));
    }

    private record Timed(Offer offer, Histogram histogram, long startNs) implements Offer {
        @Override
        public void accepted(Receipt receipt) {
            histogram.update(System.nanoTime() - startNs);
            offer.accepted(receipt);
        }

        @Override
        public void refused(Refusal why) {
            offer.refused(why);
        }

        @Override
        public RepoName repo() {
            return offer.repo();
        }

        @Override
        public AckLevel ack() {
            return offer.ack();
        }

        @Override
        public int bodyBytes() {
            return offer.bodyBytes();
        }

        @Override
        public int records() {
            return offer.records();
        }

        @Override
        public byte encoding() {
            return offer.encoding();
        }

        @Override
        public long producerId() {
            return offer.producerId();
        }

        @Override
        public long sequence() {
            return offer.sequence();
        }

        @Override
        public long arrivedMs() {
            return offer.arrivedMs();
        }

        @Override
        public void writeBody(SlotWriter slot) {
            offer.writeBody(slot);
        }
    }
}
