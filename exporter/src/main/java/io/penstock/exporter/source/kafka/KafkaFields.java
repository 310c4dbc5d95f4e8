package io.penstock.exporter.source.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.Utf8;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Says what Kafka knows of a record as fields. Key and header values are text where they are UTF-8,
 * else bytes. Headers are one JSON object; the second header of a name is {@code name#2}.
 *
 * <p>Threading: confined to one thread.
 */
final class KafkaFields {
    private static final String[] NAMES = {
        "kafka_topic",
        "kafka_partition",
        "kafka_offset",
        "kafka_timestamp",
        "kafka_key",
        "kafka_headers",
        "message",
        "value"
    };
    private static final int TOPIC = 0;
    private static final int PARTITION = 1;
    private static final int OFFSET = 2;
    private static final int TIMESTAMP = 3;
    private static final int KEY = 4;
    private static final int HEADERS = 5;
    private static final int MESSAGE = 6;
    private static final int VALUE = 7;

    private final RecordVisitor visitor;
    private final WriteBuffer headerText = new WriteBuffer(256);
    private final NdjsonWriter headerWriter =
            new NdjsonWriter(headerText, NdjsonWriter.NO_TIME_KEY);
    private String topic = "";
    private byte[] topicText = {};

    /** Announces the fields. */
    KafkaFields(RecordVisitor visitor) {
        this.visitor = visitor;
        visitor.resetFields();
        for (int i = 0; i < NAMES.length; i++) {
            byte[] name = NAMES[i].getBytes(UTF_8);
            visitor.field(i, name, 0, name.length);
        }
    }

    void say(ConsumerRecord<byte[], byte[]> message) {
        if (!topic.equals(message.topic())) {
            topic = message.topic();
            topicText = topic.getBytes(UTF_8);
        }
        visitor.stringValue(TOPIC, topicText, 0, topicText.length);
        visitor.intValue(PARTITION, message.partition());
        visitor.intValue(OFFSET, message.offset());
        if (message.timestamp() >= 0) {
            visitor.intValue(TIMESTAMP, message.timestamp());
        }
        say(visitor, KEY, KEY, message.key());
        if (message.headers().iterator().hasNext()) {
            int length = headers(message);
            visitor.jsonValue(HEADERS, headerText.array(), 0, length);
        }
    }

    /** The value as a field of its own; none for a tombstone. */
    void sayValue(byte @Nullable [] value, boolean opaque) {
        if (opaque && value != null) {
            visitor.bytesValue(VALUE, value, 0, value.length);
        } else {
            say(visitor, MESSAGE, VALUE, value);
        }
    }

    private static void say(
            RecordVisitor to, int textField, int bytesField, byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        if (Utf8.firstFault(value, 0, value.length) == Utf8.VALID) {
            to.stringValue(textField, value, 0, value.length);
        } else {
            to.bytesValue(bytesField, value, 0, value.length);
        }
    }

    private int headers(ConsumerRecord<byte[], byte[]> message) {
        headerText.clear();
        headerWriter.resetFields();
        Map<String, Integer> seen = new HashMap<>();
        int count = 0;
        for (Header header : message.headers()) {
            int nth = seen.merge(header.key(), 1, Integer::sum);
            byte[] name = (nth == 1 ? header.key() : header.key() + "#" + nth).getBytes(UTF_8);
            headerWriter.field(count++, name, 0, name.length);
        }
        headerWriter.startRecord(0);
        int field = 0;
        for (Header header : message.headers()) {
            say(headerWriter, field, field, header.value());
            field++;
        }
        headerWriter.endRecord();
        return headerText.length() - 1;
    }
}
