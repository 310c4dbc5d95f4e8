package io.penstock.exporter.sink.contract;

import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.BatchBuilder.FieldType;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.Delivery;
import io.penstock.model.DeliveryId;
import io.penstock.model.RepoName;
import java.util.List;

/**
 * A delivery out of one batch, which knows whether it was read when it was not lent.
 *
 * <p>Threading: {@link #lend} and {@link #settle} on the sink's context; {@link #readLate}
 * anywhere.
 */
public final class TestDelivery implements Delivery {

    /** Time of arrival of every record. */
    public static final long ARRIVED_MS = 1_700_000_000_000L;

    /** Bytes that no encoding takes for records. */
    private static final byte[] GARBAGE = {0x12, 0x05, 0x0a, 0x09, 1, 2, 3};

    private final DeliveryId id;
    private final Encoding encoding;
    private final byte[] body;
    private final List<String> markers;
    private final RecordReader reader = new RecordReader();
    private int attempt = -1;
    private boolean lent;
    private volatile boolean readLate;

    private TestDelivery(long number, Encoding encoding, byte[] body, List<String> markers) {
        this(
                new DeliveryId(
                        new RepoName("repo"), "export", 1, number, number + 1, 0, markers.size()),
                encoding,
                body,
                markers);
    }

    private TestDelivery(DeliveryId id, Encoding encoding, byte[] body, List<String> markers) {
        this.id = id;
        this.encoding = encoding;
        this.body = body;
        this.markers = markers;
    }

    /**
     * Records with a field {@code marker}, unique per record, and a field of text, among others.
     *
     * @param number tells deliveries apart
     */
    public static TestDelivery of(long number, List<String> texts) {
        BatchBuilder batch = new BatchBuilder();
        int marker = batch.field("marker", FieldType.STRING);
        int text = batch.field("text", FieldType.STRING);
        int nothing = batch.field("nothing", FieldType.STRING);
        int count = batch.field("count", FieldType.INT64);
        var markers = texts.stream().map(each -> "").collect(java.util.stream.Collectors.toList());
        for (int i = 0; i < texts.size(); i++) {
            markers.set(i, number + "-" + i);
            batch.startRecord(0);
            batch.stringValue(marker, markers.get(i));
            batch.stringValue(text, texts.get(i));
            batch.nullValue(nothing);
            batch.intValue(count, i);
            batch.endRecord();
        }
        return new TestDelivery(number, Encoding.NATIVE, batch.build(), List.copyOf(markers));
    }

    /** Records that state their own times. */
    public static TestDelivery at(long number, List<Long> timesUnixNano) {
        BatchBuilder batch = new BatchBuilder();
        int marker = batch.field("marker", FieldType.STRING);
        List<String> markers = new java.util.ArrayList<>();
        for (long time : timesUnixNano) {
            markers.add(number + "-" + markers.size());
            batch.startRecord(time);
            batch.stringValue(marker, markers.get(markers.size() - 1));
            batch.endRecord();
        }
        return new TestDelivery(number, Encoding.NATIVE, batch.build(), List.copyOf(markers));
    }

    /** {@code count} records. */
    public static TestDelivery of(long number, int count) {
        return of(number, java.util.Collections.nCopies(count, "some text"));
    }

    /** The same as the client would have sent it in lines of JSON. */
    public static TestDelivery ofLines(long number, int count) {
        StringBuilder lines = new StringBuilder();
        List<String> markers = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            markers.add(number + "-" + i);
            lines.append("{\"marker\":\"").append(number).append('-').append(i);
            lines.append("\",\"count\":").append(i).append("}\n");
        }
        byte[] body = lines.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new TestDelivery(number, Encoding.NDJSON, body, markers);
    }

    /** Any batch; its markers are its records' numbers, whatever stands in them. */
    public static TestDelivery ofBatch(long number, Encoding encoding, byte[] body, int records) {
        List<String> markers =
                java.util.stream.IntStream.range(0, records)
                        .mapToObj(i -> number + "-" + i)
                        .toList();
        return new TestDelivery(number, encoding, body, markers);
    }

    /** One record that cannot be decoded. */
    public static TestDelivery garbage(long number) {
        return new TestDelivery(number, Encoding.NATIVE, GARBAGE, List.of(number + "-0"));
    }

    /**
     * Records {@code [from, to)} of this delivery as one of their own, as fan-out cuts them; the
     * delivery itself when these are all.
     */
    public TestDelivery part(int from, int to) {
        if (to - from == records()) {
            return this;
        }
        WriteBuffer cut = new WriteBuffer(body.length);
        reader.wrap(encoding, body, 0, body.length, ARRIVED_MS).slice(from, to, cut);
        DeliveryId named =
                new DeliveryId(
                        id.repo(),
                        id.export(),
                        id.epoch(),
                        id.first(),
                        id.end(),
                        id.fromRecord() + from,
                        id.fromRecord() + to);
        return new TestDelivery(named, encoding, cut.toByteArray(), markers.subList(from, to));
    }

    /** Values of the field {@code marker}. */
    public List<String> markers() {
        return markers;
    }

    /** Whether it was read before it was lent or after it was settled. */
    public boolean readLate() {
        return readLate;
    }

    /** The sink may read from now on. */
    public TestDelivery lend() {
        attempt++;
        lent = true;
        return this;
    }

    /** The sink's future has completed. */
    public void settle() {
        lent = false;
    }

    @Override
    public DeliveryId id() {
        return id;
    }

    @Override
    public int records() {
        return markers.size();
    }

    @Override
    public long bytes() {
        return body.length;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public void read(RecordVisitor visitor) {
        check();
        reader.wrap(encoding, body, 0, body.length, ARRIVED_MS).read(visitor);
    }

    @Override
    public void readRaw(RawVisitor visitor) {
        check();
        visitor.piece(encoding, markers.size(), body, 0, body.length);
    }

    private void check() {
        if (!lent) {
            readLate = true;
            throw new IllegalStateException(id + " is not lent");
        }
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
