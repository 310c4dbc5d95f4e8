package io.penstock.gateway.peer;

import io.penstock.exporter.record.RecordVisitor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Times, integers and texts of the records that were read. */
final class Heard implements RecordVisitor {
    final List<Long> times = new ArrayList<>();
    final List<Long> integers = new ArrayList<>();
    final List<String> texts = new ArrayList<>();

    @Override
    public void resetFields() {}

    @Override
    public void field(int number, byte[] name, int offset, int length) {}

    @Override
    public void startRecord(long timeUnixNano) {
        times.add(timeUnixNano);
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        texts.add(new String(utf8, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void intValue(int field, long value) {
        integers.add(value);
    }

    @Override
    public void doubleValue(int field, double value) {
        throw new AssertionError("no such value was sent");
    }

    @Override
    public void boolValue(int field, boolean value) {
        throw new AssertionError("no such value was sent");
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        throw new AssertionError("no such value was sent");
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        throw new AssertionError("no such value was sent");
    }

    @Override
    public void nullValue(int field) {
        throw new AssertionError("no such value was sent");
    }

    @Override
    public void endRecord() {}
}
