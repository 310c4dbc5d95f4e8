package io.penstock.exporter.record;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Reads staged batches of every encoding: {@link #wrap} one, then read or slice it any number of
 * times.
 *
 * <p>Where a record states no time of its own it has the time of arrival. NATIVE states it in
 * {@code time_unix_nano}; JSON in the first of these members that says one, which stays a member:
 * {@code time_unix_nano} (integer), {@code @timestamp}, {@code timestamp}, {@code time} (a text
 * after RFC 3339, or an integer since the epoch in seconds, milli-, micro- or nanoseconds, told
 * apart by magnitude); TEXT never does; OTLP in the field that its data model names (docs/otlp.md).
 *
 * <p>Threading: confined to one thread. Keeps buffers, so one instance per thread or context serves
 * best.
 */
public final class RecordReader {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final byte[] NOTHING = new byte[0];

    private final NativeDecoder nativeDecoder = new NativeDecoder();
    private final LineDecoder jsonLines = new LineDecoder(true);
    private final LineDecoder textLines = new LineDecoder(false);
    private final ArrayDecoder jsonArray = new ArrayDecoder();
    private final Map<Encoding, BatchDecoder> formed = new EnumMap<>(Encoding.class);
    private BatchDecoder decoder = nativeDecoder;
    private BatchDecoder.BatchBytes batch = new BatchDecoder.BatchBytes(NOTHING, 0, 0, 0);

    /**
     * Turns to a batch.
     *
     * @param arrivedMs time of arrival, milliseconds since the epoch
     * @return this
     */
    public RecordReader wrap(
            Encoding encoding, byte[] body, int offset, int length, long arrivedMs) {
        Objects.checkFromIndexSize(offset, length, body.length);
        batch =
                new BatchDecoder.BatchBytes(
                        body, offset, offset + length, arrivedMs * NANOS_PER_MILLI);
        decoder = decoder(encoding);
        return this;
    }

    /** Decodes all records. See {@link #read(int, int, RecordVisitor)}. */
    public void read(RecordVisitor visitor) {
        read(0, Integer.MAX_VALUE, visitor);
    }

    /**
     * Decodes the records {@code [from, to)}, counted from 0; those that are not there are left
     * out.
     *
     * @throws MalformedBatchException at the first record that cannot be decoded; the visitor has
     *     heard those before it, and may have heard its beginning
     */
    public void read(int from, int to, RecordVisitor visitor) {
        decoder.read(batch, from, to, visitor);
    }

    /**
     * Appends the records {@code [from, to)} as a document of the batch's own encoding: the schema
     * and the records' bytes, whole lines, or an array.
     *
     * @throws MalformedBatchException when the framing is broken
     */
    public void slice(int from, int to, WriteBuffer out) {
        decoder.slice(batch, from, to, out);
    }

    private BatchDecoder decoder(Encoding encoding) {
        return switch (encoding) {
            case NATIVE -> nativeDecoder;
            case NDJSON -> jsonLines;
            case JSON_ARRAY -> jsonArray;
            case TEXT -> textLines;
            case OTLP_LOGS, OTLP_METRICS, OTLP_TRACES -> formed(encoding);
        };
    }

    /** A decoder from elsewhere, made when its encoding is first met. */
    private BatchDecoder formed(Encoding encoding) {
        BatchDecoder known = formed.get(encoding);
        if (known == null) {
            known = BatchForms.of(encoding).decoder(encoding);
            formed.put(encoding, known);
        }
        return known;
    }
}
