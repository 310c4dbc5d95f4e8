package io.penstock.exporter.source.kafka;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.WriteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * {@link ValueFormat#JSON}: each record is a line of JSON, Kafka's fields first, then the members
 * of the value as they came, then Kafka's time as the member {@code time}. The value is not parsed:
 * what is not JSON between its braces harms its own line only, and is found by the sinks that look
 * inside. Of members of one name the first counts, so Kafka's own fields cannot be forged, and a
 * time that the value states wins over Kafka's.
 *
 * <p>Threading: confined to one consumer's thread.
 */
final class JsonBatchMaker extends BatchMaker {
    private static final int KEEP_BYTES = 1 << 20;
    private static final int NOT_AN_OBJECT = -1;

    private final WriteBuffer lines = new WriteBuffer(BATCH_BYTES * 2);
    private final NdjsonWriter writer = new NdjsonWriter(lines, NdjsonWriter.NO_TIME_KEY);
    private final KafkaFields fields = new KafkaFields(writer);

    @Override
    void add(ConsumerRecord<byte[], byte[]> message) {
        byte[] value = message.value();
        int open = opening(value);
        int close = open == NOT_AN_OBJECT ? NOT_AN_OBJECT : closing(value, open);
        writer.startRecord(0);
        fields.say(message);
        if (close == NOT_AN_OBJECT) {
            fields.sayValue(value, false);
        }
        writer.endRecord();
        // reopens the object: its brace and its line end go
        lines.truncate(lines.length() - 2);
        if (close != NOT_AN_OBJECT) {
            members(value, open + 1, close);
        }
        if (message.timestamp() >= 0) {
            lines.put(",\"time\":");
            lines.putDecimal(message.timestamp());
        }
        lines.put((byte) '}');
        lines.put((byte) '\n');
    }

    private static int opening(byte @Nullable [] value) {
        if (value == null) {
            return NOT_AN_OBJECT;
        }
        int at = 0;
        while (at < value.length && isSpace(value[at])) {
            at++;
        }
        return at < value.length && value[at] == '{' ? at : NOT_AN_OBJECT;
    }

    private static int closing(byte @Nullable [] value, int open) {
        int at = value == null ? NOT_AN_OBJECT : value.length - 1;
        while (value != null && at > open && isSpace(value[at])) {
            at--;
        }
        return value != null && at > open && value[at] == '}' ? at : NOT_AN_OBJECT;
    }

    /** Copies what stands between the braces onto one line. */
    private void members(byte @Nullable [] value, int from, int to) {
        int first = from;
        while (value != null && first < to && isSpace(value[first])) {
            first++;
        }
        if (value == null || first == to) {
            return;
        }
        lines.put((byte) ',');
        int start = lines.length();
        lines.put(value, first, to - first);
        byte[] bytes = lines.array();
        for (int i = start; i < lines.length(); i++) {
            // JSON allows line ends between tokens only, where a space does as well
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                bytes[i] = ' ';
            }
        }
    }

    private static boolean isSpace(byte each) {
        return each == ' ' || each == '\n' || each == '\r' || each == '\t';
    }

    @Override
    int bytes() {
        return lines.length();
    }

    @Override
    SourceBatch finish(int records, long nextOffset, long arrivedMs) {
        byte[] body = lines.toByteArray();
        lines.clear(KEEP_BYTES);
        return new SourceBatch(Encoding.NDJSON, body, records, nextOffset, arrivedMs);
    }
}
