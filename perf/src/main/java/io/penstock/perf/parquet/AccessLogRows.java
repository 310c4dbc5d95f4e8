package io.penstock.perf.parquet;

import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.gateway.accesslog.AccessLogGenerator;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The rows of an access log, 2,000 a second, in two files: batches behind their lengths, and text.
 *
 * @param batches what the ring would hold
 * @param text the same rows, tabs between the values, {@code \N} for null, the time in nanoseconds
 *     first
 * @param rows how many
 */
record AccessLogRows(Path batches, Path text, int rows) {

    private static final int BATCH_ROWS = 4096;
    private static final int ROWS_PER_SECOND = 2000;
    private static final long START_S = 1_700_000_000;
    private static final int BUFFER_BYTES = 1 << 20;

    /** Makes them. */
    static AccessLogRows make(Path directory, int rows) throws IOException {
        AccessLogRows made =
                new AccessLogRows(
                        directory.resolve("rows.batches"), directory.resolve("rows.tsv"), rows);
        AccessLogGenerator generator = new AccessLogGenerator(1, START_S);
        BatchBuilder batch = new BatchBuilder();
        AccessLogField.announce(batch);
        try (DataOutputStream batches =
                        new DataOutputStream(
                                new BufferedOutputStream(Files.newOutputStream(made.batches)));
                OutputStream text =
                        new BufferedOutputStream(Files.newOutputStream(made.text), BUFFER_BYTES)) {
            RecordReader reader = new RecordReader();
            TextRows lines = new TextRows(new WriteBuffer(BUFFER_BYTES));
            for (int done = 0; done < rows; done += batch.records()) {
                batch.clear();
                while (batch.records() < BATCH_ROWS && done + batch.records() < rows) {
                    generator.at(START_S + (done + batch.records()) / ROWS_PER_SECOND);
                    generator.record(batch);
                }
                byte[] bytes = batch.build();
                batches.writeInt(bytes.length);
                batches.write(bytes);
                reader.wrap(Encoding.NATIVE, bytes, 0, bytes.length, 0).read(lines);
                lines.writeTo(text);
            }
        }
        return made;
    }

    /** Takes one batch after another. */
    interface Pieces {
        void piece(RecordReader reader, byte[] bytes, int length) throws IOException;
    }

    /** Decodes all of them. */
    void read(RecordVisitor visitor) throws IOException {
        pieces(
                (reader, bytes, length) ->
                        reader.wrap(Encoding.NATIVE, bytes, 0, length, 0).read(visitor));
    }

    /** Hands out all batches, and a reader for them. */
    void pieces(Pieces pieces) throws IOException {
        RecordReader reader = new RecordReader();
        byte[] bytes = new byte[BUFFER_BYTES];
        try (DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(Files.newInputStream(batches), BUFFER_BYTES))) {
            for (int left = rows; left > 0; left -= BATCH_ROWS) {
                int length = in.readInt();
                if (bytes.length < length) {
                    bytes = new byte[length + length / 4];
                }
                in.readFully(bytes, 0, length);
                pieces.piece(reader, bytes, length);
            }
        }
    }
}
