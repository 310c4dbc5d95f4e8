package io.penstock.gateway.demo;

import io.penstock.client.Batch;
import io.penstock.client.Form;
import io.penstock.client.PushException;
import io.penstock.client.Pusher;
import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.gateway.accesslog.AccessLogGenerator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Pushes made-up access-log records at a steady rate. A beat that is late is made up for, within
 * reason.
 *
 * <p>Threading: {@link #run} confined to one thread; {@link #stop} any thread.
 */
final class Feeder {
    private static final long BEAT_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Longer pauses (a full gateway, a sleeping laptop) are not made up for. */
    private static final long MAX_DEBT_NS = TimeUnit.SECONDS.toNanos(1);

    private static final int MAX_BATCH = 5_000;

    private final Pusher pusher;
    private final long recordsPerSecond;
    private final AccessLogGenerator generator;
    private final BatchBuilder batch = new BatchBuilder();
    private volatile boolean stopped;

    Feeder(Pusher pusher, long recordsPerSecond, long seed) {
        this.pusher = pusher;
        this.recordsPerSecond = recordsPerSecond;
        this.generator = new AccessLogGenerator(seed, System.currentTimeMillis() / 1000);
        AccessLogField.announce(batch);
    }

    /** Feeds until {@link #stop} or until {@code untilNs}, then waits for the last answers. */
    void run(long untilNs) throws PushException, InterruptedException {
        long beganNs = System.nanoTime();
        long pushed = 0;
        while (!stopped && System.nanoTime() < untilNs) {
            long nowNs = System.nanoTime();
            long due = (long) ((nowNs - beganNs) / 1e9 * recordsPerSecond);
            long debt = due - pushed;
            if (debt > recordsPerSecond * MAX_DEBT_NS / 1_000_000_000) {
                beganNs = nowNs;
                pushed = 0;
                debt = 1;
            }
            while (debt > 0 && !stopped) {
                int records = (int) Math.min(MAX_BATCH, debt);
                push(records);
                pushed += records;
                debt -= records;
            }
            LockSupport.parkNanos(BEAT_NS);
        }
        pusher.finish();
    }

    private void push(int records) throws PushException, InterruptedException {
        generator.at(System.currentTimeMillis() / 1000);
        batch.clear();
        for (int i = 0; i < records; i++) {
            generator.record(batch);
        }
        pusher.push(new Batch(Form.NATIVE, batch.build(), records));
    }

    void stop() {
        stopped = true;
    }
}
