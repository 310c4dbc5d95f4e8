package io.penstock.exporter.sink.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.Delivery;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * {@link KafkaFormat#PROTOBUF} and {@link KafkaFormat#RAW}: a staged batch is a Kafka record, or
 * several where it is too large for one or delivered in part.
 *
 * <p>Threading: confined to the sink's context.
 */
final class BatchCutter implements Cutter {
    private static final String ENCODING_HEADER = "penstock-encoding";

    /** Time of arrival that leaves the time of a record unstated. */
    private static final long UNSTATED = 0;

    private static final int KEEP_BYTES = 1 << 20;

    private final Outgoing.Place place;
    private final int maxRecordBytes;
    private final boolean raw;
    private final RecordReader reader = new RecordReader();
    private final BatchBuilder builder = new BatchBuilder();
    private final WriteBuffer buffer = new WriteBuffer(1024);

    BatchCutter(KafkaSinkConfig config) {
        place = new Outgoing.Place(config.topic(), null, null);
        maxRecordBytes = config.maxRecordBytes();
        raw = config.format() == KafkaFormat.RAW;
    }

    /** A staged batch, lent. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(Encoding encoding, int records, byte[] body, int offset, int length) {}

    @Override
    public Cut cut(Delivery delivery, RecordRanges delivered, int partitions) {
        Cut cut = new Cut();
        int firstOfRun = delivery.id().fromRecord();
        int[] start = {0};
        delivery.readRaw(
                (encoding, records, body, offset, length) -> {
                    Piece piece = new Piece(encoding, records, body, offset, length);
                    missing(piece, start[0], firstOfRun, delivered, cut);
                    start[0] += records;
                });
        buffer.clear(KEEP_BYTES);
        return cut;
    }

    /** Those stretches of a piece that are not delivered. */
    private void missing(Piece piece, int start, int firstOfRun, RecordRanges delivered, Cut cut) {
        int inRun = firstOfRun + start;
        int end = inRun + piece.records();
        int from = delivered.nextMissing(inRun, end);
        while (from < end) {
            int to = delivered.nextDelivered(from, end);
            add(piece, start, from - inRun, to - inRun, cut);
            from = delivered.nextMissing(to, end);
        }
    }

    /** The records {@code [from, to)} of a piece whose first is number {@code start}. */
    private void add(Piece piece, int start, int from, int to, Cut cut) {
        byte[] value = value(piece, from, to);
        if (value.length <= maxRecordBytes) {
            cut.add(new Outgoing(place, null, value, headers(piece), start + from, start + to));
        } else if (to - from == 1) {
            cut.refuse(
                    start + from,
                    "a record of " + value.length + " bytes is over max_record_bytes");
        } else {
            int middle = from + (to - from) / 2;
            add(piece, start, from, middle, cut);
            add(piece, start, middle, to, cut);
        }
    }

    private byte[] value(Piece piece, int from, int to) {
        boolean asItIs = raw || piece.encoding() == Encoding.NATIVE;
        if (asItIs && to - from == piece.records()) {
            return Arrays.copyOfRange(
                    piece.body(), piece.offset(), piece.offset() + piece.length());
        }
        reader.wrap(piece.encoding(), piece.body(), piece.offset(), piece.length(), UNSTATED);
        buffer.clear();
        if (asItIs) {
            reader.slice(from, to, buffer);
        } else {
            builder.resetFields();
            reader.read(from, to, builder);
            builder.writeTo(buffer);
        }
        return buffer.toByteArray();
    }

    private Iterable<Header> headers(Piece piece) {
        if (!raw) {
            return List.of();
        }
        String word = piece.encoding().name().toLowerCase(Locale.ROOT);
        return List.of(new RecordHeader(ENCODING_HEADER, word.getBytes(US_ASCII)));
    }
}
