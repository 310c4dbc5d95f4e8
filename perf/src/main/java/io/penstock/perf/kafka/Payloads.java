package io.penstock.perf.kafka;

import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.BatchBuilder.FieldType;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.perf.load.AccessLogBatches;
import io.penstock.perf.load.BatchSize;
import io.penstock.perf.wire.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What records hold: the lines of an access log, as JSON. */
final class Payloads {
    /** Different batches; some ten thousand different records. */
    private static final int BATCHES = 32;

    private static final String HEX = "0123456789abcdef";

    private Payloads() {}

    /** Records with a dozen fields. */
    static List<Batch> records() {
        return AccessLogBatches.of(BatchSize.of("64KiB"), BATCHES, 1);
    }

    /** Records that are the lines of {@link #asSent}, as a client pushes lines of text. */
    static List<Batch> lines() {
        List<Batch> made = new ArrayList<>();
        RecordReader reader = new RecordReader();
        for (Batch batch : records()) {
            WriteBuffer lines = new WriteBuffer(1 << 20);
            byte[] bytes = batch.bytes();
            reader.wrap(Encoding.NATIVE, bytes, 0, bytes.length, 0).read(new NdjsonWriter(lines));
            BatchBuilder builder = new BatchBuilder();
            int message = builder.field("message", FieldType.STRING);
            lines.toString()
                    .lines()
                    .forEach(
                            line -> {
                                builder.startRecord(0);
                                builder.stringValue(message, line);
                                builder.endRecord();
                            });
            made.add(new Batch(builder.build(), batch.records()));
        }
        return made;
    }

    /** The same records, each as the line that the Kafka sink makes of it. */
    static Path asSent(Path file) throws IOException {
        return write(file, 0);
    }

    /** The same with a member more, so that each line is so long. */
    static Path padded(Path file, int lineBytes) throws IOException {
        return write(file, lineBytes);
    }

    private static Path write(Path file, int lineBytes) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        RecordReader reader = new RecordReader();
        WriteBuffer lines = new WriteBuffer(1 << 20);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Batch batch : records()) {
                lines.clear();
                byte[] bytes = batch.bytes();
                reader.wrap(Encoding.NATIVE, bytes, 0, bytes.length, 0)
                        .read(new NdjsonWriter(lines));
                for (String line : lines.toString().lines().toList()) {
                    out.write(
                            (pad(line, lineBytes, random) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return file;
    }

    private static String pad(String line, int lineBytes, SplittableRandom random) {
        String head = line.substring(0, line.length() - 1) + ",\"trace\":\"";
        int missing = lineBytes - head.length() - 2;
        if (missing <= 0) {
            return line;
        }
        StringBuilder padded = new StringBuilder(head);
        for (int i = 0; i < missing; i++) {
            padded.append(HEX.charAt(random.nextInt(HEX.length())));
        }
        return padded.append("\"}").toString();
    }
}
