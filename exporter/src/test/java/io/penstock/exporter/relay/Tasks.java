package io.penstock.exporter.relay;

import java.util.concurrent.atomic.AtomicInteger;

/** Tasks of one export, as a cluster would give them. */
final class Tasks {
    private final Holdings holdings;
    private final ExportName export;
    final AtomicInteger stopped = new AtomicInteger();
    volatile boolean leased = true;

    Tasks(Holdings holdings, ExportName export) {
        this.holdings = holdings;
        this.export = export;
    }

    void start(int share) {
        holdings.start(
                export,
                share,
                new Permit() {
                    @Override
                    public boolean mayDeliver() {
                        return leased;
                    }

                    @Override
                    public void stopped() {
                        stopped.incrementAndGet();
                    }
                });
    }

    void release(int share) {
        holdings.release(export, share);
    }

    void cut(int share) {
        holdings.cut(export, share);
    }
}
