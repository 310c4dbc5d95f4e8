package io.penstock.exporter.sink.remotewrite;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes each numeric value of each record as a series with one sample, the parts of a {@code
 * prometheus.WriteRequest} ("Prometheus Remote-Write 1.0 specification", protocol):
 *
 * <pre>
 *   WriteRequest { repeated TimeSeries timeseries = 1; }
 *   TimeSeries   { repeated Label labels = 1; repeated Sample samples = 2; }
 *   Label        { string name = 1; string value = 2; }
 *   Sample       { double value = 1; int64 timestamp = 2; }   // milliseconds
 * </pre>
 *
 * <p>Labels are sorted by name, {@code __name__} among them; those without a value are left out.
 *
 * <p>Threading: confined to one thread.
 */
final class SeriesWriter implements RecordVisitor {

    private static final String NAME = "__name__";
    private static final int NOTHING = -1;
    private static final int VALUE = -2;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int KEEP_BYTES = 64 * 1024;

    private static final int MESSAGE_1 = 1 << 3 | 2;
    private static final int MESSAGE_2 = 2 << 3 | 2;
    private static final int SAMPLE_VALUE = 1 << 3 | 1;
    private static final int SAMPLE_TIME = 2 << 3;
    private static final int CONTINUED = 0x80;

    private final WriteBuffer out;
    private final String prefix;
    private final List<String> labels;
    private final List<String> fields;

    /** Per label, sorted: its name, sanitised; the metric's own among them. */
    private final List<byte[]> labelNames;

    private final int nameAt;
    // The record in hand: texts of its labels, and its values.
    private final byte[] @Nullable [] labelValues;
    private final WriteBuffer series = new WriteBuffer(512);
    private final WriteBuffer message = new WriteBuffer(256);
    private final BitSet valueless = new BitSet();
    private int[] roles = new int[16];
    private byte[][] names = new byte[16][];
    private int[] valueFields = new int[16];
    private double[] values = new double[16];
    private int count;
    private int record;
    private long timeMs;

    SeriesWriter(WriteBuffer out, String prefix, List<String> labels, List<String> fields) {
        this.out = out;
        this.prefix = prefix;
        this.fields = fields;
        this.labels =
                labels.stream()
                        .sorted((a, b) -> MetricNames.label(a).compareTo(MetricNames.label(b)))
                        .toList();
        List<String> sorted = new ArrayList<>();
        this.labels.forEach(label -> sorted.add(MetricNames.label(label)));
        int at = 0;
        while (at < sorted.size() && sorted.get(at).compareTo(NAME) < 0) {
            at++;
        }
        sorted.add(at, NAME);
        nameAt = at;
        labelNames = sorted.stream().map(each -> each.getBytes(StandardCharsets.UTF_8)).toList();
        labelValues = new byte[labelNames.size()][];
    }

    /** Begins a delivery. */
    void begin() {
        record = 0;
        valueless.clear();
    }

    /** Records of the delivery without a numeric value, counted from 0. */
    BitSet valueless() {
        return (BitSet) valueless.clone();
    }

    @Override
    public void resetFields() {
        Arrays.fill(roles, NOTHING);
    }

    @Override
    public void field(int number, byte[] utf8, int offset, int length) {
        if (number >= roles.length) {
            int room = Math.max(number + 1, roles.length * 2);
            roles = Arrays.copyOf(roles, room);
            names = Arrays.copyOf(names, room);
        }
        String text = new String(utf8, offset, length, StandardCharsets.UTF_8);
        int label = labels.indexOf(text);
        if (label >= 0) {
            roles[number] = label < nameAt ? label : label + 1;
        } else {
            boolean wanted = fields.isEmpty() || fields.contains(text);
            roles[number] = wanted ? VALUE : NOTHING;
            names[number] = MetricNames.metric(prefix + text).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void startRecord(long timeUnixNano) {
        timeMs = Math.floorDiv(timeUnixNano, NANOS_PER_MILLI);
        count = 0;
        Arrays.fill(labelValues, null);
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        if (roles[field] >= 0 && length > 0) {
            labelValues[roles[field]] = Arrays.copyOfRange(utf8, offset, offset + length);
        }
    }

    private void number(int field, double value, String text) {
        if (roles[field] >= 0) {
            labelValues[roles[field]] = text.getBytes(StandardCharsets.US_ASCII);
        } else if (roles[field] == VALUE) {
            if (count == values.length) {
                values = Arrays.copyOf(values, count * 2);
                valueFields = Arrays.copyOf(valueFields, count * 2);
            }
            valueFields[count] = field;
            values[count++] = value;
        }
    }

    @Override
    public void intValue(int field, long value) {
        number(field, (double) value, roles[field] >= 0 ? Long.toString(value) : "");
    }

    @Override
    public void doubleValue(int field, double value) {
        number(field, value, roles[field] >= 0 ? Double.toString(value) : "");
    }

    @Override
    public void boolValue(int field, boolean value) {
        number(field, value ? 1 : 0, Boolean.toString(value));
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        // neither a number nor a name of something
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        if (json[offset] != '{' && json[offset] != '[') {
            // a number that fits no long
            String number = new String(json, offset, length, StandardCharsets.US_ASCII);
            number(field, Double.parseDouble(number), number);
        }
    }

    @Override
    public void nullValue(int field) {
        // the same as an absent value
    }

    @Override
    public void endRecord() {
        if (count == 0) {
            valueless.set(record);
        }
        record++;
        for (int i = 0; i < count; i++) {
            labelValues[nameAt] = names[valueFields[i]];
            series.clear(KEEP_BYTES);
            for (int label = 0; label < labelValues.length; label++) {
                if (labelValues[label] != null) {
                    label(labelNames.get(label), labelValues[label]);
                }
            }
            sample(values[i]);
            out.put((byte) MESSAGE_1);
            varint(out, series.length());
            out.put(series.array(), 0, series.length());
        }
    }

    private void label(byte[] name, byte[] value) {
        message.clear(KEEP_BYTES);
        text(MESSAGE_1, name);
        text(MESSAGE_2, value);
        series.put((byte) MESSAGE_1);
        varint(series, message.length());
        series.put(message.array(), 0, message.length());
    }

    private void text(int tag, byte[] text) {
        message.put((byte) tag);
        varint(message, text.length);
        message.put(text, 0, text.length);
    }

    private void sample(double value) {
        message.clear();
        message.put((byte) SAMPLE_VALUE);
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            message.put((byte) (bits >>> shift));
        }
        message.put((byte) SAMPLE_TIME);
        varint(message, timeMs);
        series.put((byte) MESSAGE_2);
        varint(series, message.length());
        series.put(message.array(), 0, message.length());
    }

    private static void varint(WriteBuffer to, long value) {
        long rest = value;
        while ((rest & -CONTINUED) != 0) {
            to.put((byte) (rest | CONTINUED));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }
}
