package io.penstock.exporter.sink.file;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.body.BodyWriter;
import io.penstock.exporter.sink.body.Compressor;
import io.penstock.exporter.sink.journal.DeliveryHash;
import io.penstock.exporter.sink.journal.Journal;
import io.vertx.core.Future;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes deliveries to {@link RollingFiles}, and decides when to roll, and what an error means.
 *
 * <p>After an error of the file system everything is closed; the next delivery or timer opens it
 * again, by the same way as after a crash.
 *
 * <p>Threading: one worker at a time.
 */
final class FileSink implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

    private static final long NO_TIMER = -1;

    private final FileSinkConfig config;
    private final SinkContext context;
    private final RollingFiles.Settings settings;
    private final BodyWriter body;
    private final Compressor compressor;
    private @Nullable RollingFiles files;
    private long timer = NO_TIMER;
    private boolean closed;

    FileSink(FileSinkConfig config, SinkContext context) {
        this(config, context, Journal.IDS_PER_GENERATION);
    }

    FileSink(FileSinkConfig config, SinkContext context, int idsPerGeneration) {
        this.config = config;
        this.context = context;
        this.settings =
                new RollingFiles.Settings(
                        FileNames.of(config, context),
                        config.fsync(),
                        context.stateDirectory(),
                        idsPerGeneration);
        this.body = config.format().writer(config.template());
        this.compressor = config.compression().compressor();
    }

    /** Opens the files, so that one that a crash left is published in time without a delivery. */
    void start() {
        try {
            open();
            rollIfDue();
        } catch (IOException failed) {
            giveUp(failed);
        }
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        return Future.succeededFuture(closed ? retry("the sink is closed") : write(delivery));
    }

    private Outcome write(Delivery delivery) {
        DeliveryHash id = DeliveryHash.of(delivery.id());
        boolean written = false;
        try {
            RollingFiles open = open();
            if (!open.contains(id)) {
                open.append(id, delivery, context.clock().millis());
            }
            written = true;
            rollIfDue();
        } catch (MalformedBatchException malformed) {
            return new Outcome.Rejected(String.valueOf(malformed.getMessage()));
        } catch (IOException failed) {
            giveUp(failed);
            return written ? Outcome.DELIVERED : retry(reason(failed));
        }
        return Outcome.DELIVERED;
    }

    private RollingFiles open() throws IOException {
        RollingFiles open = files;
        if (open == null) {
            open = new RollingFiles(settings, body, compressor);
            files = open;
        }
        return open;
    }

    /** Publishes the file in hand when it is large or old enough; otherwise sees to its timer. */
    private void rollIfDue() throws IOException {
        RollingFiles open = open();
        long ageMs = context.clock().millis() - open.openedMs();
        if (open.bytes() >= config.rollBytes() || ageMs >= config.rollIntervalMs()) {
            open.publish();
        }
        if (open.openedMs() >= 0 && timer == NO_TIMER) {
            long leftMs =
                    Math.max(1, Math.min(config.rollIntervalMs(), config.rollIntervalMs() - ageMs));
            timer = context.vertx().setTimer(leftMs, fired -> onTimer());
        }
    }

    private void onTimer() {
        timer = NO_TIMER;
        if (closed) {
            return;
        }
        try {
            rollIfDue();
        } catch (IOException failed) {
            giveUp(failed);
            timer = context.vertx().setTimer(config.rollIntervalMs(), fired -> onTimer());
        }
    }

    private void giveUp(IOException failed) {
        LOG.warn("export {}: {}", context.subject(), reason(failed), failed);
        RollingFiles open = files;
        files = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
        }
    }

    private static Outcome retry(String why) {
        return new Outcome.Retry(Outcome.Retry.BACK_OFF, why);
    }

    private static String reason(IOException failed) {
        String message = String.valueOf(failed.getMessage());
        return message.contains("No space left on device")
                ? "disk full: " + message
                : failed.toString();
    }

    @Override
    public Future<Void> close() {
        if (closed) {
            return Future.succeededFuture();
        }
        closed = true;
        context.vertx().cancelTimer(timer);
        compressor.close();
        try (RollingFiles open = files) {
            if (open != null && (config.publishOnClose() || context.mayMove())) {
                open.publish();
            } else if (open != null) {
                open.force();
            }
            return Future.succeededFuture();
        } catch (IOException failed) {
            return Future.failedFuture(failed);
        }
    }
}
