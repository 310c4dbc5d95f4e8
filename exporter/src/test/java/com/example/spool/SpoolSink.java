package com.example.spool;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.BodyWriter;
import io.vertx.core.Future;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file per delivery, named by its id, so that one that is offered again replaces itself.
 * Threading: one worker at a time, as its factory asked for.
 */
final class SpoolSink implements Sink {
    private final SpoolSinkConfig config;
    private final BodyWriter lines = BodyFormat.NDJSON.writer("");
    private boolean closed;

    SpoolSink(SpoolSinkConfig config) {
        this.config = config;
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        return Future.succeededFuture(closed ? Outcome.CLOSED : write(delivery));
    }

    private Outcome write(Delivery delivery) {
        String name = delivery.id().toString().replace('/', '_');
        Path whole = config.directory().resolve(name + config.suffix());
        Path part = config.directory().resolve(name + ".part");
        try {
            try (FileOutputStream out = new FileOutputStream(part.toFile())) {
                lines.write(delivery, out::write);
                out.getFD().sync(); // what was delivered leaves the ring
            }
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            return Outcome.DELIVERED;
        } catch (MalformedBatchException malformed) {
            return new Outcome.Rejected(String.valueOf(malformed.getMessage()));
        } catch (IOException failed) {
            return new Outcome.Retry(Outcome.Retry.BACK_OFF, String.valueOf(failed.getMessage()));
        }
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }
}
