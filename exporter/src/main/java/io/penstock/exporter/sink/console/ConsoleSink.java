package io.penstock.exporter.sink.console;

import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.BodyWriter;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Shows records as lines. Threading: one worker at a time. */
final class ConsoleSink implements Sink {

    private final PrintStream out;
    private final LineBudget budget;
    private final BodyWriter lines = BodyFormat.NDJSON.writer("");
    private int left;
    private boolean closed;

    ConsoleSink(PrintStream out, LineBudget budget) {
        this.out = out;
        this.budget = budget;
    }

    @Override
    public Future<Outcome> deliver(Delivery delivery) {
        if (closed) {
            return Future.succeededFuture(new Outcome.Retry(Outcome.Retry.BACK_OFF, "closed"));
        }
        return Future.succeededFuture(show(delivery));
    }

    private Outcome show(Delivery delivery) {
        int shown = budget.take(delivery.records());
        left = shown;
        try {
            if (shown > 0) {
                lines.write(delivery, this::firstLines);
            }
        } catch (MalformedBatchException malformed) {
            return new Outcome.Rejected(String.valueOf(malformed.getMessage()));
        } catch (IOException failed) {
            return new Outcome.Retry(
                    Outcome.Retry.BACK_OFF, "standard output: " + failed.getMessage());
        }
        if (shown < delivery.records()) {
            String note = "# " + (delivery.records() - shown) + " more records\n";
            byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
            out.write(bytes, 0, bytes.length);
        }
        out.flush();
        // A print stream swallows its errors and only remembers that there was one.
        return out.checkError()
                ? new Outcome.Retry(Outcome.Retry.BACK_OFF, "standard output is closed")
                : Outcome.DELIVERED;
    }

    /** Passes on the lines that are left of the budget. */
    private void firstLines(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (left > 0 && at < end) {
            if (bytes[at++] == '\n') {
                left--;
            }
        }
        out.write(bytes, offset, at - offset);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        out.flush();
        return Future.succeededFuture();
    }
}
