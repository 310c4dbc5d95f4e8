package io.penstock.gateway.boot;

import io.penstock.exporter.ring.Ring;
import io.penstock.exporter.stage.RingConfig;
import io.penstock.exporter.stage.RingOpener;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes the rings of a node. Threading: any thread; {@link #open} blocks.
 */
final class Rings implements RingOpener, AutoCloseable {

    Rings(RingConfig config, long nodeMaxBytes) {
    }

    @Override
    public Ring open(Path directory) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
