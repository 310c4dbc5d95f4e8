package io.penstock.gateway.metrics;

import com.codahale.metrics.Histogram;
import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.Offer;
import io.penstock.exporter.stage.WrappedOffer;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
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

    private static final class Timed extends WrappedOffer {
        private final Histogram histogram;
        private final long startNs;

        Timed(Offer offer, Histogram histogram, long startNs) {
            super(offer);
            this.histogram = histogram;
            this.startNs = startNs;
        }

        @Override
        public void accepted(Receipt receipt) {
            histogram.update(System.nanoTime() - startNs);
            super.accepted(receipt);
        }
    }
}
