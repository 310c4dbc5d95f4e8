package io.penstock.gateway.boot;

import io.penstock.exporter.ring.DiskBudget;
import io.penstock.exporter.ring.Ring;
import io.penstock.exporter.ring.RingEnvironment;
import io.penstock.exporter.stage.RingConfig;
import io.penstock.exporter.stage.RingOpener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Makes the rings of a node, and owns what they share: the disk budget, and the thread that makes
 * and recycles segment files ahead of the writers.
 *
 * <p>Threading: any thread; {@link #open} blocks.
 */
final class Rings implements RingOpener, AutoCloseable {
    private final io.penstock.exporter.ring.RingConfig config;
    private final ExecutorService files =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "penstock-segments");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final RingEnvironment environment;

    Rings(RingConfig config, long nodeMaxBytes) {
        this.config =
                new io.penstock.exporter.ring.RingConfig(
                        config.segmentBytes(),
                        config.residentBytes(),
                        config.maxBytes(),
                        config.maxProducers());
        this.environment = RingEnvironment.of(files, new DiskBudget(nodeMaxBytes));
    }

    @Override
    public Ring open(Path directory) throws IOException {
        return Ring.open(directory, config, environment);
    }

    /** Ends the thread; all rings must be closed. */
    @Override
    public void close() {
        files.shutdown();
    }
}
