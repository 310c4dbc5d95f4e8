package io.penstock.exporter.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.RecordVisitor;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Headers out of a JSON object, as the Kafka source makes it: a member is a header, whose value is
 * a text (bytes are base64, which stays), and {@code name#2} is the second header of a name.
 *
 * <p>Threading: confined to the sink's context.
 */
final class HeaderReader {
    private static final char NTH = '#';

    private final RecordReader reader = new RecordReader();

    /** The headers, or null when the text is no JSON object. */
    @Nullable List<Header> read(byte[] json, int offset, int length) {
        Members members = new Members();
        try {
            reader.wrap(Encoding.NDJSON, json, offset, length, 0).read(members);
        } catch (MalformedBatchException noObject) {
            return null;
        }
        return members.headers;
    }

    /** Gathers one object's members. */
    private static final class Members implements RecordVisitor {
        private final List<String> names = new ArrayList<>();
        private final List<Header> headers = new ArrayList<>();

        private void add(int field, byte @Nullable [] value) {
            String name = names.get(field);
            int nth = name.lastIndexOf(NTH);
            boolean again = nth >= 0 && isThere(name.substring(0, nth));
            headers.add(new RecordHeader(again ? name.substring(0, nth) : name, value));
        }

        private boolean isThere(String name) {
            return headers.stream().anyMatch(each -> each.key().equals(name));
        }

        private void add(int field, byte[] bytes, int offset, int length) {
            byte[] value = new byte[length];
            System.arraycopy(bytes, offset, value, 0, length);
            add(field, value);
        }

        @Override
        public void resetFields() {
            names.clear();
        }

        @Override
        public void field(int number, byte[] name, int offset, int length) {
            names.add(new String(name, offset, length, UTF_8));
        }

        @Override
        public void stringValue(int field, byte[] utf8, int offset, int length) {
            add(field, utf8, offset, length);
        }

        @Override
        public void bytesValue(int field, byte[] bytes, int offset, int length) {
            add(field, bytes, offset, length);
        }

        @Override
        public void jsonValue(int field, byte[] json, int offset, int length) {
            add(field, json, offset, length);
        }

        @Override
        public void intValue(int field, long value) {
            add(field, Long.toString(value).getBytes(UTF_8));
        }

        @Override
        public void doubleValue(int field, double value) {
            add(field, Double.toString(value).getBytes(UTF_8));
        }

        @Override
        public void boolValue(int field, boolean value) {
            add(field, Boolean.toString(value).getBytes(UTF_8));
        }

        @Override
        public void nullValue(int field) {
            add(field, null);
        }

        @Override
        public void startRecord(long timeUnixNano) {
            // headers have no time
        }

        @Override
        public void endRecord() {
            // one object, one record
        }
    }
}
