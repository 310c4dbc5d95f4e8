package io.penstock.gateway.metrics;

import io.penstock.exporter.stage.RingConfig;
import io.penstock.exporter.stage.StagingConfig;
import io.penstock.gateway.catalog.NodeMetric;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the node is, and the room that it has. Threading: any thread. */
public final class NodeCollector implements Collector {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCollector.class);

    private final RingConfig ring;
    private final StagingConfig staging;
    private final Path dataDirectory;
    private final IntSupplier state;

    /**
     * Reads these.
     *
     * @param dataDirectory on the file system that is asked for room
     * @param state code of the node's state
     */
    public NodeCollector(
            RingConfig ring, StagingConfig staging, Path dataDirectory, IntSupplier state) {
        this.ring = ring;
        this.staging = staging;
        this.dataDirectory = dataDirectory;
        this.state = state;
    }

    @Override
    public void collect(PrometheusText page) {
        page.single(NodeMetric.STATE, state.getAsInt());
        String version = NodeCollector.class.getPackage().getImplementationVersion();
        page.family(NodeMetric.BUILD_INFO)
                .sample(
                        NodeMetric.BUILD_INFO,
                        1,
                        version == null ? "unknown" : version,
                        Runtime.version().toString());
        page.single(NodeMetric.RING_LIMIT, ring.maxBytes());
        page.single(NodeMetric.STAGING_LIMIT, staging.maxBytes());
        disk(page, dataDirectory);
    }

    private static void disk(PrometheusText page, Path directory) {
        long free = -1;
        long size = -1;
        try {
            FileStore store = Files.getFileStore(directory);
            free = store.getUsableSpace();
            size = store.getTotalSpace();
        } catch (IOException notThere) {
            LOG.debug("metrics: the file system of {} does not say its size", directory, notThere);
        }
        page.family(NodeMetric.DATA_FREE);
        if (free >= 0) {
            page.sample(NodeMetric.DATA_FREE, free);
        }
        page.family(NodeMetric.DATA_SIZE);
        if (size >= 0) {
            page.sample(NodeMetric.DATA_SIZE, size);
        }
    }
}
