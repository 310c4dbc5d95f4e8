package io.penstock.exporter.fanout;

import io.penstock.exporter.pressure.LimitChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the limits of one export as they move: each move at debug; at info one in ten seconds at
 * the most, with the number of those that it stands for.
 *
 * <p>Threading: confined to the export's context.
 */
final class LimitLog implements LimitChange.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(LimitLog.class);
    private static final long PAUSE_MS = 10_000;

    private final ExportParts parts;
    private boolean told;
    private long toldMs;
    private int leftOut;

    LimitLog(ExportParts parts) {
        this.parts = parts;
    }

    @Override
    public void changed(LimitChange change) {
        LOG.debug("export {} of {}: {}", parts.spec().name(), parts.spec().repo(), change);
        long now = parts.now();
        if (told && now - toldMs < PAUSE_MS) {
            leftOut++;
            return;
        }
        LOG.info("export {}: {}; {} changes before it", parts.subject(), change, leftOut);
        told = true;
        toldMs = now;
        leftOut = 0;
    }
}
