package io.penstock.exporter.loki;

import io.penstock.exporter.batching.NamedBatches;
import io.penstock.exporter.record.ByteChunks;
import io.penstock.exporter.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the binary form of a push request. Source of the form: Loki's {@code push.proto}:
 *
 * <pre>
 *   PushRequest { repeated Stream streams = 1; }
 *   Stream      { string labels = 1; repeated Entry entries = 2; uint64 hash = 3; }
 *   Entry       { Timestamp timestamp = 1; string line = 2; repeated Pair structuredMetadata = 3; }
 *   Pair        { string name = 1; string value = 2; }
 * </pre>
 *
 * <p>Labels stand in front of entries, as every encoder writes them. Threading: confined to one
 * thread.
 */
public final class PushProtobuf {
    private static final byte[] MESSAGE = PushReader.MESSAGE.getBytes(StandardCharsets.UTF_8);
    private static final int LENGTH_1 = 1 << 3 | 2;
    private static final int LENGTH_2 = 2 << 3 | 2;
    private static final int LENGTH_3 = 3 << 3 | 2;
    private static final int VARINT_1 = 1 << 3;
    private static final int VARINT_2 = 2 << 3;
    private static final long NANOS = 1_000_000_000;

    private final NamedBatches batches;
    private final ByteChunks in = new ByteChunks();
    private final LabelText labels = new LabelText();
    private byte[] bytes = new byte[0];
    // Pairs of the entry in hand: place and length of name, then of value.
    private int[] pairs = new int[32];
    private int pairCount;
    private int lineAt;
    private int lineBytes;
    private long seconds;
    private long nanos;
    private @Nullable String fault;

    /** A reader that gathers records. */
    public PushProtobuf(NamedBatches batches) {
        this.batches = batches;
    }

    /**
     * Reads a request.
     *
     * @return what is wrong with it, or null
     */
    public @Nullable String read(byte[] request, int length) {
        bytes = request;
        fault = null;
        in.clear();
        in.add(request, 0, length);
        in.range(0, in.length());
        while (fault == null && !in.exhausted()) {
            int tag = in.tag();
            if (tag == LENGTH_1) {
                stream(in.size());
            } else {
                in.skipValue(tag);
            }
        }
        if (fault == null && in.fault() != null) {
            fault = "byte " + in.faultAt() + ": " + in.fault();
        }
        return fault;
    }

    private boolean within(int end) {
        return fault == null && in.fault() == null && in.position() < end;
    }

    /** Notes a message whose last field goes beyond it. */
    private void close(int end) {
        if (in.fault() == null && in.position() != end) {
            in.fail("a field goes beyond its message", end);
        }
    }

    private void stream(int size) {
        int end = in.position() + size;
        boolean named = false;
        while (within(end)) {
            int tag = in.tag();
            if (tag == LENGTH_1) {
                int text = in.size();
                int from = in.position();
                in.skip(text);
                fault = in.fault() == null ? labels.read(bytes, from, from + text) : null;
                named = true;
            } else if (tag == LENGTH_2) {
                int entry = in.size();
                fault = named || in.fault() != null ? null : "a stream's lines before its labels";
                if (fault == null) {
                    entry(entry);
                }
            } else {
                in.skipValue(tag);
            }
        }
        if (fault == null) {
            close(end);
        }
    }

    private void entry(int size) {
        int end = in.position() + size;
        pairCount = 0;
        lineBytes = 0;
        seconds = 0;
        nanos = 0;
        while (within(end)) {
            int tag = in.tag();
            if (tag == LENGTH_1) {
                time(in.size());
            } else if (tag == LENGTH_2) {
                lineBytes = in.size();
                lineAt = in.position();
                in.skip(lineBytes);
            } else if (tag == LENGTH_3) {
                pair(in.size());
            } else {
                in.skipValue(tag);
            }
        }
        close(end);
        if (fault == null && in.fault() == null) {
            fault = tell();
        }
    }

    private void time(int size) {
        int end = in.position() + size;
        while (within(end)) {
            int tag = in.tag();
            if (tag == VARINT_1) {
                seconds = in.varint();
            } else if (tag == VARINT_2) {
                nanos = in.varint();
            } else {
                in.skipValue(tag);
            }
        }
        close(end);
    }

    private void pair(int size) {
        int end = in.position() + size;
        if (pairs.length < pairCount * 4 + 4) {
            pairs = Arrays.copyOf(pairs, pairs.length * 2);
        }
        int slot = pairCount++ * 4;
        Arrays.fill(pairs, slot, slot + 4, 0);
        while (within(end)) {
            int tag = in.tag();
            if (tag == LENGTH_1 || tag == LENGTH_2) {
                int length = in.size();
                int place = slot + (tag == LENGTH_1 ? 0 : 2);
                pairs[place] = in.position();
                pairs[place + 1] = length;
                in.skip(length);
            } else {
                in.skipValue(tag);
            }
        }
        close(end);
    }

    private @Nullable String tell() {
        if (!utf8(lineAt, lineBytes)) {
            return "a line is not UTF-8";
        }
        for (int i = 0; i < pairCount * 4; i += 4) {
            boolean good = name(pairs[i], pairs[i + 1]) && utf8(pairs[i + 2], pairs[i + 3]);
            if (!good) {
                return "metadata of a line must have names of 1 to "
                        + NamedBatches.MAX_NAME_BYTES
                        + " bytes and be UTF-8";
            }
        }
        if (!within(seconds, Long.MAX_VALUE / NANOS) || !within(nanos, NANOS)) {
            return "a time outside range";
        }
        int most = 1 + labels.labels() + pairCount;
        if (!batches.begin(seconds * NANOS + nanos, most)) {
            return most > NamedBatches.MAX_VALUES ? PushReader.TOO_MANY : PushReader.TOO_LARGE;
        }
        batches.text(MESSAGE, 0, MESSAGE.length, bytes, lineAt, lineBytes);
        labels.say(batches);
        for (int i = 0; i < pairCount * 4; i += 4) {
            batches.text(bytes, pairs[i], pairs[i + 1], bytes, pairs[i + 2], pairs[i + 3]);
        }
        return batches.end() ? null : PushReader.TOO_LONG;
    }

    private static boolean within(long value, long limit) {
        return value > -limit && value < limit;
    }

    private boolean utf8(int at, int length) {
        return Utf8.firstFault(bytes, at, at + length) == Utf8.VALID;
    }

    private boolean name(int at, int length) {
        boolean good = length > 0 && length <= NamedBatches.MAX_NAME_BYTES && utf8(at, length);
        for (int i = at; good && i < at + length; i++) {
            good = (bytes[i] < 0 || bytes[i] >= ' ') && bytes[i] != 0x7f;
        }
        return good;
    }
}
