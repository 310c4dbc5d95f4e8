package io.penstock.exporter.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.sink.Delivery;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Each record is a Kafka record, whose time is the record's; its fields may say with which key and
 * headers and to which partition it goes.
 *
 * <p>Threading: confined to the sink's context.
 */
final class RecordCutter implements Cutter, RecordVisitor {
    private static final int NO_FIELD = -1;

    private final String topic;
    private final int maxRecordBytes;
    private final byte[] keyName;
    private final byte[] partitionName;
    private final byte[] headersName;
    private final ValueMaker maker;
    private final RecordVisitor content;
    private final HeaderReader headerReader = new HeaderReader();

    private Cut cut = new Cut();
    private RecordRanges delivered = RecordRanges.NONE;
    private int firstRecord;
    private int partitions;
    private int keyField;
    private int partitionField;
    private int headersField;

    // Of the record in hand.
    private int record;
    private long timeUnixNano;
    private byte @Nullable [] key;
    private @Nullable Integer partition;
    private List<Header> headers = List.of();
    private String fault = "";

    RecordCutter(KafkaSinkConfig config, ValueMaker maker) {
        this.maker = maker;
        content = maker.visitor();
        topic = config.topic();
        maxRecordBytes = config.maxRecordBytes();
        keyName = config.keyField().getBytes(UTF_8);
        partitionName = config.partitionField().getBytes(UTF_8);
        headersName = config.headersField().getBytes(UTF_8);
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
        maker.rest();
        return made;
    }

    @Override
    public void resetFields() {
        keyField = NO_FIELD;
        partitionField = NO_FIELD;
        headersField = NO_FIELD;
        content.resetFields();
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        if (isCalled(keyName, name, offset, length)) {
            keyField = number;
        }
        if (isCalled(partitionName, name, offset, length)) {
            partitionField = number;
        }
        if (isCalled(headersName, name, offset, length)) {
            headersField = number;
        }
        content.field(number, name, offset, length);
    }

    private static boolean isCalled(byte[] wanted, byte[] name, int offset, int length) {
        return wanted.length > 0
                && Arrays.equals(wanted, 0, wanted.length, name, offset, offset + length);
    }

    @Override
    public void startRecord(long time) {
        timeUnixNano = time;
        key = null;
        partition = null;
        headers = List.of();
        fault = "";
        content.startRecord(time);
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        note(field, utf8, offset, length);
        content.stringValue(field, utf8, offset, length);
    }

    @Override
    public void intValue(int field, long value) {
        if (field == keyField) {
            key = Long.toString(value).getBytes(UTF_8);
        }
        if (field == partitionField) {
            partition(value);
        }
        content.intValue(field, value);
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
        content.doubleValue(field, value);
    }

    @Override
    public void boolValue(int field, boolean value) {
        note(field, Boolean.toString(value));
        content.boolValue(field, value);
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        note(field, bytes, offset, length);
        content.bytesValue(field, bytes, offset, length);
    }

    @Override
    public void jsonValue(int field, byte[] text, int offset, int length) {
        note(field, text, offset, length);
        content.jsonValue(field, text, offset, length);
    }

    @Override
    public void nullValue(int field) {
        content.nullValue(field);
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
        if (field == headersField) {
            List<Header> read = headerReader.read(value, offset, length);
            if (read == null) {
                fault = "the headers are no JSON object";
            } else {
                headers = read;
            }
        }
    }

    @Override
    public void endRecord() {
        content.endRecord();
        int number = record++;
        byte[] value = maker.value();
        if (delivered.contains(firstRecord + number)) {
            return;
        }
        int bytes = (value == null ? 0 : value.length) + (key == null ? 0 : key.length);
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
                        value,
                        headers,
                        number,
                        number + 1));
    }
}
