package io.penstock.exporter.prometheus;

import io.penstock.exporter.batching.NamedBatches;
import io.penstock.exporter.record.ByteChunks;
import io.penstock.exporter.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code prometheus.WriteRequest} ("Prometheus Remote-Write 1.0 specification", protocol;
 * {@code types.proto}):
 *
 * <pre>
 *   WriteRequest { repeated TimeSeries timeseries = 1; repeated MetricMetadata metadata = 3; }
 *   TimeSeries   { repeated Label labels = 1; repeated Sample samples = 2;
 *                  repeated Exemplar exemplars = 3; repeated Histogram histograms = 4; }
 *   Label        { string name = 1; string value = 2; }
 *   Sample       { double value = 1; int64 timestamp = 2; }   // milliseconds
 * </pre>
 *
 * <p>A series that is well framed and makes no sense spoils itself; broken framing spoils the
 * request. Threading: confined to one thread.
 */
public final class WriteRequestReader {

    private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);
    private static final int LENGTH_1 = 1 << 3 | 2;
    private static final int LENGTH_2 = 2 << 3 | 2;
    private static final int LENGTH_4 = 4 << 3 | 2;
    private static final int FIXED_1 = 1 << 3 | 1;
    private static final int VARINT_2 = 2 << 3;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NamedBatches batches;
    private final ByteChunks in = new ByteChunks();
    private byte[] bytes = new byte[0];
    // The labels of the series in hand, then its samples: places.
    private int labels;
    private int[] nameAt = new int[16];
    private int[] nameLength = new int[16];
    private int[] textAt = new int[16];
    private int[] textLength = new int[16];
    private int samples;
    private double[] values = new double[16];
    private long[] times = new long[16];
    private int refused;
    private @Nullable String reason;

    /** A reader that gathers records. */
    public WriteRequestReader(NamedBatches batches) {
        this.batches = batches;
    }

    /**
     * Reads a request.
     *
     * @return what is wrong with its framing, or null
     */
    public @Nullable String read(byte[] request, int length) {
        bytes = request;
        refused = 0;
        reason = null;
        in.clear();
        in.add(request, 0, length);
        in.range(0, in.length());
        while (!in.exhausted()) {
            int tag = in.tag();
            if (tag == LENGTH_1) {
                series(in.size());
            } else {
                in.skipValue(tag);
            }
        }
        return in.fault() == null ? null : "byte " + in.faultAt() + ": " + in.fault();
    }

    private void series(int size) {
        int end = in.position() + size;
        labels = 0;
        samples = 0;
        int histograms = 0;
        while (in.fault() == null && in.position() < end) {
            int tag = in.tag();
            if (tag == LENGTH_1) {
                label(in.size(), end);
            } else if (tag == LENGTH_2) {
                sample(in.size(), end);
            } else {
                histograms += tag == LENGTH_4 ? 1 : 0;
                in.skipValue(tag);
            }
        }
        if (in.fault() != null || over(end, "a series")) {
            return;
        }
        if (histograms > 0) {
            refuse(histograms, "native histograms are not taken");
        }
        tell();
    }

    /** Notes a message that goes beyond the one it lies in. */
    private boolean over(int end, String what) {
        if (in.position() != end) {
            in.fail(what + " ends inside a field", Math.min(end, in.position()));
        }
        return in.fault() != null;
    }

    private void label(int size, int outer) {
        int end = in.position() + size;
        if (end > outer) {
            in.fail("a label goes beyond its series", outer);
            return;
        }
        if (labels == nameAt.length) {
            int room = labels * 2;
            nameAt = Arrays.copyOf(nameAt, room);
            nameLength = Arrays.copyOf(nameLength, room);
            textAt = Arrays.copyOf(textAt, room);
            textLength = Arrays.copyOf(textLength, room);
        }
        nameLength[labels] = 0;
        textLength[labels] = 0;
        while (in.fault() == null && in.position() < end) {
            int tag = in.tag();
            if (tag == LENGTH_1) {
                nameLength[labels] = in.size();
                nameAt[labels] = in.position();
                in.skip(nameLength[labels]);
            } else if (tag == LENGTH_2) {
                textLength[labels] = in.size();
                textAt[labels] = in.position();
                in.skip(textLength[labels]);
            } else {
                in.skipValue(tag);
            }
        }
        if (!over(end, "a label")) {
            labels++;
        }
    }

    private void sample(int size, int outer) {
        int end = in.position() + size;
        if (end > outer) {
            in.fail("a sample goes beyond its series", outer);
            return;
        }
        if (samples == values.length) {
            values = Arrays.copyOf(values, samples * 2);
            times = Arrays.copyOf(times, samples * 2);
        }
        values[samples] = 0;
        times[samples] = 0;
        while (in.fault() == null && in.position() < end) {
            int tag = in.tag();
            if (tag == FIXED_1) {
                values[samples] = Double.longBitsToDouble(in.fixed64());
            } else if (tag == VARINT_2) {
                times[samples] = in.varint();
            } else {
                in.skipValue(tag);
            }
        }
        if (!over(end, "a sample")) {
            samples++;
        }
    }

    private void tell() {
        String fault = samples == 0 ? null : fault();
        if (fault != null) {
            refuse(samples, fault);
            return;
        }
        for (int i = 0; i < samples; i++) {
            long nanos = times[i] * NANOS_PER_MILLI;
            if (nanos / NANOS_PER_MILLI != times[i]) {
                refuse(1, "a time outside range");
            } else if (batches.begin(nanos, labels + 1)) {
                batches.real(VALUE, 0, VALUE.length, values[i]);
                for (int label = 0; label < labels; label++) {
                    batches.text(
                            bytes,
                            nameAt[label],
                            nameLength[label],
                            bytes,
                            textAt[label],
                            textLength[label]);
                }
                if (!batches.end()) {
                    refuse(1, "a series too long");
                }
            } else {
                refuse(1, "the request is too large");
            }
        }
    }

    private @Nullable String fault() {
        if (labels == 0) {
            return "a series without labels";
        }
        if (labels + 1 > NamedBatches.MAX_VALUES) {
            return "a series with over " + (NamedBatches.MAX_VALUES - 1) + " labels";
        }
        for (int i = 0; i < labels; i++) {
            String bad = badName(nameAt[i], nameLength[i]);
            if (bad != null) {
                return bad;
            }
            if (Utf8.firstFault(bytes, textAt[i], textAt[i] + textLength[i]) != Utf8.VALID) {
                return "a label's value is not UTF-8";
            }
        }
        return null;
    }

    private @Nullable String badName(int at, int length) {
        if (length == 0) {
            return "a label without name";
        }
        if (length > NamedBatches.MAX_NAME_BYTES) {
            return "a label's name over " + NamedBatches.MAX_NAME_BYTES + " bytes";
        }
        for (int i = at; i < at + length; i++) {
            if ((bytes[i] >= 0 && bytes[i] < ' ') || bytes[i] == 0x7f) {
                return "a label's name with a control character";
            }
        }
        return Utf8.firstFault(bytes, at, at + length) == Utf8.VALID
                ? null
                : "a label's name is not UTF-8";
    }

    private void refuse(int count, String why) {
        refused += count;
        reason = reason == null ? why : reason;
    }

    /** Samples and histograms that were not taken. */
    public int refused() {
        return refused;
    }

    /** Why the first of them was not; null when all were taken. */
    public @Nullable String reason() {
        return reason;
    }
}
