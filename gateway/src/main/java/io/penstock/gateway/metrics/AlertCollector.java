package io.penstock.gateway.metrics;

import io.penstock.gateway.alert.Board;
import io.penstock.gateway.alert.State;
import io.penstock.gateway.alert.watch.Watch;
import io.penstock.gateway.catalog.AlertMetric;
import io.penstock.gateway.notify.Channel;
import java.util.function.Supplier;

/** Reads alerts and channels. Threading: any thread. */
public final class AlertCollector implements Collector {
    private final Supplier<Watch> watch;

    /** Reads this one, which need not be there yet. */
    public AlertCollector(Supplier<Watch> watch) {
        this.watch = watch;
    }

    @Override
    public void collect(PrometheusText page) {
        Board board = watch.get().board();
        page.family(AlertMetric.ALERTS);
        page.sample(AlertMetric.ALERTS, board.count(State.PENDING), State.PENDING.word());
        page.sample(AlertMetric.ALERTS, board.count(State.FIRING), State.FIRING.word());
        page.single(AlertMetric.LEFT_OUT, board.leftOut());
        page.family(AlertMetric.NOTICES_SENT);
        for (Channel channel : watch.get().channels().all()) {
            page.sample(AlertMetric.NOTICES_SENT, channel.stats().sent(), channel.name());
        }
        page.family(AlertMetric.NOTICES_LOST);
        for (Channel channel : watch.get().channels().all()) {
            page.sample(AlertMetric.NOTICES_LOST, channel.stats().lost(), channel.name());
        }
        page.family(AlertMetric.NOTICE_RETRIES);
        for (Channel channel : watch.get().channels().all()) {
            page.sample(AlertMetric.NOTICE_RETRIES, channel.stats().retries(), channel.name());
        }
    }
}
