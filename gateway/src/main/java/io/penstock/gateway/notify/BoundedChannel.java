package io.penstock.gateway.notify;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A wire with bounds: so many notices, so many tries, so long. */
final class BoundedChannel implements Channel {
    /** Notices under way at once, those that wait for another try included. */
    static final int MAX_UNDERWAY = 16;

    private static final Logger LOG = LoggerFactory.getLogger(BoundedChannel.class);
    private static final long MAX_WAIT_MS = 60_000;
    private static final long MINUTE_MS = 60_000;

    private final String name;
    private final String kind;
    private final Vertx vertx;
    private final NotifyConfig bounds;
    private final LongSupplier clockMs;
    private final AtomicInteger underway = new AtomicInteger();
    private final LongAdder sent = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private volatile long lastSentMs;
    private volatile String lastError = "";
    private volatile @Nullable Wire wire;

    // guarded by this
    private long minute;
    private int inMinute;

    BoundedChannel(
            String name, String kind, Vertx vertx, NotifyConfig bounds, LongSupplier clockMs) {
        this.name = name;
        this.kind = kind;
        this.vertx = vertx;
        this.bounds = bounds;
        this.clockMs = clockMs;
    }

    /** Sends by this from now on; by nothing where it is null. */
    void over(@Nullable Wire how) {
        wire = how;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public ChannelStats stats() {
        return new ChannelStats(
                name, kind, sent.sum(), lost.sum(), retries.sum(), lastSentMs, lastError);
    }

    @Override
    public Future<Void> send(Notice notice) {
        return send(notice, bounds.attempts());
    }

    @Override
    public Future<Void> sendOnce(Notice notice) {
        return send(notice, 1);
    }

    private Future<Void> send(Notice notice, int attempts) {
        if (!mayStart()) {
            return lose(notice, "more than " + bounds.maxPerMinute() + " in a minute");
        }
        if (underway.incrementAndGet() > MAX_UNDERWAY) {
            underway.decrementAndGet();
            return lose(notice, MAX_UNDERWAY + " are under way");
        }
        return attempt(notice, 1, attempts)
                .onSuccess(
                        taken -> {
                            sent.increment();
                            lastSentMs = clockMs.getAsLong();
                            lastError = "";
                        })
                .recover(cause -> lose(notice, reason(cause)))
                .onComplete(over -> underway.decrementAndGet());
    }

    private synchronized boolean mayStart() {
        long now = clockMs.getAsLong() / MINUTE_MS;
        if (now != minute) {
            minute = now;
            inMinute = 0;
        }
        return ++inMinute <= bounds.maxPerMinute();
    }

    private Future<Void> attempt(Notice notice, int number, int most) {
        Wire how = wire;
        if (how == null) {
            return Future.failedFuture(new LostNoticeException("the channel is closed", true));
        }
        return how.post(notice)
                .timeout(bounds.timeoutMs(), TimeUnit.MILLISECONDS)
                .recover(cause -> again(notice, number, most, cause));
    }

    private Future<Void> again(Notice notice, int number, int most, Throwable cause) {
        boolean isFinal = cause instanceof LostNoticeException known && known.isFinal();
        if (isFinal || number >= most) {
            return Future.failedFuture(cause);
        }
        LOG.debug("notify: channel {}, try {}: {}", name, number, reason(cause));
        retries.increment();
        long waitMs = Math.min(MAX_WAIT_MS, bounds.retryMs() << Math.min(number - 1, 16));
        Promise<Void> waited = Promise.promise();
        vertx.setTimer(waitMs, timer -> waited.complete());
        return waited.future().compose(v -> attempt(notice, number + 1, most));
    }

    private Future<Void> lose(Notice notice, String why) {
        lost.increment();
        lastError = why;
        LOG.warn("notify: channel {} lost '{}': {}", name, notice.subject(), why);
        return Future.failedFuture(new LostNoticeException(why));
    }

    /** By its kind where its words could be of the other side, or repeat what is secret. */
    private static String reason(Throwable cause) {
        if (cause instanceof LostNoticeException known) {
            return String.valueOf(known.getMessage());
        } else if (cause instanceof TimeoutException) {
            return "no answer in time";
        } else if (cause instanceof ConnectException) {
            return "the connection is refused";
        } else if (cause instanceof UnknownHostException) {
            return "the host is not known";
        } else if (cause instanceof SSLException) {
            return "no TLS could be agreed on";
        }
        return cause.getClass().getSimpleName();
    }
}
