package io.penstock.perf.compare;

import io.penstock.perf.side.GatewaySide;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Looks at the lag of each export four times a second, on a thread of its own. */
final class LagWatch implements AutoCloseable {
    private static final long EVERY_MS = 250;
    private static final long ENDS_WITHIN_MS = 15_000;

    private final GatewaySide gateway;
    private final Thread thread = new Thread(this::watch, "watch-lag");
    // Under the lock of this object.
    private final Map<String, Long> most = new TreeMap<>();
    private volatile String trouble = "";

    private LagWatch(GatewaySide gateway) {
        this.gateway = gateway;
    }

    static LagWatch start(GatewaySide gateway) {
        LagWatch watch = new LagWatch(gateway);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(EVERY_MS);
                Map<String, Long> now = gateway.lagBytes();
                synchronized (this) {
                    now.forEach((export, bytes) -> most.merge(export, bytes, Math::max));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (IOException e) {
            trouble = e.toString();
        }
    }

    /** The most of each so far. */
    synchronized Map<String, Long> most() throws IOException {
        if (!trouble.isEmpty()) {
            throw new IOException("lags cannot be read: " + trouble);
        }
        return new TreeMap<>(most);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(ENDS_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is a daemon
        }
    }
}
