package io.penstock.exporter.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.Delivery;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@link KafkaFormat#JSON}: each record is an object, and a Kafka record whose time is the
 * record's.
 *
 * <p>Threading: confined to the sink's context.
 */
final class RecordCutter implements Cutter, RecordVisitor {
    private static final int KEEP_BYTES = 256 << 10;
    private static final int NO_FIELD = -1;

    private final String topic;
    private final int maxRecordBytes;
    private final byte[] keyName;
    private final byte[] partitionName;
    private final WriteBuffer buffer = new WriteBuffer(1024);
    private final NdjsonWriter json = new NdjsonWriter(buffer);

    private Cut cut = new Cut();
    private RecordRanges delivered = RecordRanges.NONE;
    private int firstRecord;
    private int partitions;
    private int keyField;
    private int partitionField;

    // Of the record in hand.
    private int record;
    private long timeUnixNano;
    private byte @Nullable [] key;
    private @Nullable Integer partition;
    private String fault = "";

    RecordCutter(KafkaSinkConfig config) {
        topic = config.topic();
        maxRecordBytes = config.maxRecordBytes();
        keyName = config.keyField().getBytes(UTF_8);
        partitionName = config.partitionField().getBytes(UTF_8);
    }

    @Override
    public Cut cut(Delivery delivery, RecordRanges done, int partitionsOfTopic) {
        cut = new Cut();
        delivered = done;
        firstRecord = delivery.id().fromRecord();
        partitions = partitionsOfTopic;
        record = 0;
        delivery.read(this);
        Cut made = cut;
        cut = new Cut();
        buffer.clear(KEEP_BYTES);
        return made;
    }

    @Override
    public void resetFields() {
        keyField = NO_FIELD;
        partitionField = NO_FIELD;
        json.resetFields();
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        if (isCalled(keyName, name, offset, length)) {
            keyField = number;
        }
        if (isCalled(partitionName, name, offset, length)) {
            partitionField = number;
        }
        json.field(number, name, offset, length);
    }

    private static boolean isCalled(byte[] wanted, byte[] name, int offset, int length) {
        return wanted.length > 0
                && Arrays.equals(wanted, 0, wanted.length, name, offset, offset + length);
    }

    @Override
    public void startRecord(long time) {
        buffer.clear();
        timeUnixNano = time;
        key = null;
        partition = null;
        fault = "";
        json.startRecord(time);
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        note(field, utf8, offset, length);
        json.stringValue(field, utf8, offset, length);
    }

    @Override
    public void intValue(int field, long value) {
        if (field == keyField) {
            key = Long.toString(value).getBytes(UTF_8);
        }
        if (field == partitionField) {
            partition(value);
        }
        json.intValue(field, value);
    }

    private void partition(long value) {
        if (value < 0 || value >= partitions) {
            fault = "the topic has no partition " + value;
        } else {
            partition = (int) value;
        }
    }

    @Override
    public void doubleValue(int field, double value) {
        note(field, Double.toString(value));
        json.doubleValue(field, value);
    }

    @Override
    public void boolValue(int field, boolean value) {
        note(field, Boolean.toString(value));
        json.boolValue(field, value);
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        note(field, bytes, offset, length);
        json.bytesValue(field, bytes, offset, length);
    }

    @Override
    public void jsonValue(int field, byte[] text, int offset, int length) {
        note(field, text, offset, length);
        json.jsonValue(field, text, offset, length);
    }

    @Override
    public void nullValue(int field) {
        json.nullValue(field);
    }

    private void note(int field, String value) {
        if (field == keyField || field == partitionField) {
            byte[] text = value.getBytes(UTF_8);
            note(field, text, 0, text.length);
        }
    }

    private void note(int field, byte[] value, int offset, int length) {
        if (field == keyField) {
            key = Arrays.copyOfRange(value, offset, offset + length);
        }
        if (field == partitionField) {
            fault = "the partition is not an integer";
        }
    }

    @Override
    public void endRecord() {
        json.endRecord();
        int number = record++;
        if (delivered.contains(firstRecord + number)) {
            return;
        }
        int length = buffer.length() - 1;
        int bytes = length + (key == null ? 0 : key.length);
        if (bytes > maxRecordBytes) {
            fault = "a record of " + bytes + " bytes is over max_record_bytes";
        }
        if (!fault.isEmpty()) {
            cut.refuse(number, fault);
            return;
        }
        Long timestampMs = timeUnixNano < 0 ? null : TimeUnit.NANOSECONDS.toMillis(timeUnixNano);
        cut.add(
                new Outgoing(
                        new Outgoing.Place(topic, partition, timestampMs),
                        key,
                        Arrays.copyOf(buffer.array(), length),
                        List.of(),
                        number,
                        number + 1));
    }
}
