package io.penstock.gateway.input;

import io.penstock.client.Batch;
import io.penstock.client.Form;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.record.RecordReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines, each a record: JSON objects or plain text. Checked by decoding them, so that a malformed
 * one is named by its number and left out, not its whole batch refused. They go as native batches,
 * in which nested JSON becomes text, or as they are.
 */
public final class LineSource implements BatchSource {
    /** Longer lines are no records. */
    private static final int MAX_LINE_BYTES = 1 << 20;

    private final InputStream in;
    private final Encoding encoding;
    private final boolean asNative;
    private final BatchLimit limit;
    private final Consumer<String> complaints;
    private final RecordReader reader = new RecordReader();
    private final BatchBuilder builder = new BatchBuilder();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long lineNumber;
    private long malformed;

    /** One line without its end, and where it stood. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    private record Line(long number, byte[] bytes) {}

    /**
     * Lines of a stream.
     *
     * @param encoding of the lines: NDJSON or TEXT
     * @param asNative whether to make native batches of them
     * @param complaints hears of every line that is left out
     */
    public LineSource(
            InputStream in,
            Encoding encoding,
            boolean asNative,
            BatchLimit limit,
            Consumer<String> complaints) {
        this.in = new BufferedInputStream(in, 64 << 10);
        this.encoding = encoding;
        this.asNative = asNative;
        this.limit = limit;
        this.complaints = complaints;
    }

    @Override
    public @Nullable Batch next() throws IOException {
        while (true) {
            List<Line> lines = lines();
            if (lines.isEmpty()) {
                return null;
            }
            Batch batch = batch(lines);
            if (batch != null) {
                return batch;
            }
        }
    }

    private List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        int bytes = 0;
        while (lines.size() < limit.records() && bytes < limit.bytes()) {
            Line next = line();
            if (next == null) {
                break;
            }
            lines.add(next);
            bytes += next.bytes().length;
        }
        return lines;
    }

    /** The next line that is not blank, or null at the end. */
    private @Nullable Line line() throws IOException {
        while (true) {
            line.reset();
            int next = in.read();
            if (next < 0) {
                return null;
            }
            lineNumber++;
            while (next >= 0 && next != '\n') {
                if (line.size() <= MAX_LINE_BYTES) {
                    line.write(next);
                }
                next = in.read();
            }
            if (line.size() > MAX_LINE_BYTES) {
                complain(lineNumber, "over " + MAX_LINE_BYTES + " bytes");
            } else if (!isBlank(line.toByteArray())) {
                return new Line(lineNumber, line.toByteArray());
            }
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private @Nullable Batch batch(List<Line> lines) {
        byte[] body = join(lines);
        try {
            decode(body);
        } catch (MalformedBatchException malformedLines) {
            lines.removeIf(this::isMalformed);
            if (lines.isEmpty()) {
                return null;
            }
            body = join(lines);
            decode(body);
        }
        return asNative
                ? new Batch(Form.NATIVE, builder.build(), builder.records())
                : new Batch(
                        encoding == Encoding.TEXT ? Form.TEXT : Form.NDJSON,
                        body,
                        builder.records());
    }

    private void decode(byte[] body) {
        builder.resetFields();
        long nowMs = System.currentTimeMillis();
        reader.wrap(encoding, body, 0, body.length, nowMs).read(builder);
    }

    private boolean isMalformed(Line one) {
        try {
            decode(one.bytes());
            return false;
        } catch (MalformedBatchException fault) {
            complain(one.number(), String.valueOf(fault.getMessage()));
            return true;
        }
    }

    private void complain(long number, String reason) {
        malformed++;
        complaints.accept("line " + number + ": " + reason);
    }

    private static byte[] join(List<Line> lines) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Line each : lines) {
            joined.writeBytes(each.bytes());
            joined.write('\n');
        }
        return joined.toByteArray();
    }

    @Override
    public long malformed() {
        return malformed;
    }
}
