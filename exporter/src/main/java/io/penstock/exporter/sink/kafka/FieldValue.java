package io.penstock.exporter.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.exporter.record.RecordVisitor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@link KafkaFormat#FIELD}: the value of one field; texts, bytes and nested JSON as they are, all
 * else as text. None where the record lacks the field or it is null.
 *
 * <p>Threading: confined to the sink's context.
 */
final class FieldValue implements ValueMaker, RecordVisitor {
    private static final int NO_FIELD = -1;

    private final byte[] name;
    private int wanted = NO_FIELD;
    private byte @Nullable [] value;

    FieldValue(String name) {
        this.name = name.getBytes(UTF_8);
    }

    @Override
    public RecordVisitor visitor() {
        return this;
    }

    @Override
    public byte @Nullable [] value() {
        return value;
    }

    @Override
    public void rest() {
        value = null;
    }

    @Override
    public void resetFields() {
        wanted = NO_FIELD;
    }

    @Override
    public void field(int number, byte[] utf8, int offset, int length) {
        if (Arrays.equals(name, 0, name.length, utf8, offset, offset + length)) {
            wanted = number;
        }
    }

    @Override
    public void startRecord(long timeUnixNano) {
        value = null;
    }

    private void take(int field, byte[] bytes, int offset, int length) {
        if (field == wanted && value == null) {
            value = Arrays.copyOfRange(bytes, offset, offset + length);
        }
    }

    private void take(int field, String text) {
        if (field == wanted && value == null) {
            value = text.getBytes(UTF_8);
        }
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        take(field, utf8, offset, length);
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        take(field, bytes, offset, length);
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        take(field, json, offset, length);
    }

    @Override
    public void intValue(int field, long number) {
        if (field == wanted) {
            take(field, Long.toString(number));
        }
    }

    @Override
    public void doubleValue(int field, double number) {
        if (field == wanted) {
            take(field, Double.toString(number));
        }
    }

    @Override
    public void boolValue(int field, boolean truth) {
        take(field, truth ? "true" : "false");
    }

    @Override
    public void nullValue(int field) {
        // no value
    }

    @Override
    public void endRecord() {
        // the value is asked for
    }
}
