package io.penstock.perf.parquet;

import io.penstock.exporter.record.RecordVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/** Makes a group of each record; field n is column n + 1. */
final class GroupRows implements RecordVisitor {

    private final MessageType schema;
    private final ParquetWriter<Group> writer;
    private Group group;

    GroupRows(MessageType schema, ParquetWriter<Group> writer) {
        this.schema = schema;
        this.writer = writer;
        this.group = new SimpleGroup(schema);
    }

    @Override
    public void resetFields() {
        // always the same
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        // always the same
    }

    @Override
    public void startRecord(long timeUnixNano) {
        group = new SimpleGroup(schema);
        group.add(0, timeUnixNano);
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        group.add(field + 1, Binary.fromReusedByteArray(utf8, offset, length));
    }

    @Override
    public void intValue(int field, long value) {
        group.add(field + 1, value);
    }

    @Override
    public void doubleValue(int field, double value) {
        group.add(field + 1, value);
    }

    @Override
    public void boolValue(int field, boolean value) {
        group.add(field + 1, value);
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        stringValue(field, bytes, offset, length);
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        stringValue(field, json, offset, length);
    }

    @Override
    public void nullValue(int field) {
        // left out
    }

    @Override
    public void endRecord() {
        try {
            writer.write(group);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
