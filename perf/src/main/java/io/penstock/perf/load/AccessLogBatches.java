package io.penstock.perf.load;

import com.google.protobuf.CodedOutputStream;
import io.penstock.perf.wire.Batch;
import io.penstock.perf.wire.Transport;
import io.penstock.proto.record.v1.FieldSchema;
import io.penstock.proto.record.v1.FieldType;
import io.penstock.proto.record.v1.Record;
import io.penstock.proto.record.v1.RecordBatch;
import io.penstock.proto.record.v1.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Batches of records that look like lines of an access log: twelve fields, about 216 bytes encoded,
 * 303 to 64 KiB. The same seed gives the same bytes.
 */
public final class AccessLogBatches {
    /** Fields of a record. */
    public static final int FIELDS = 12;

    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final int BATCH_TAG_BYTES = 1;

    private static final String[] METHODS = {"GET", "GET", "GET", "POST", "HEAD"};
    private static final String[] SECTIONS = {
        "blog", "images", "projects", "articles", "downloads"
    };
    private static final String[] PAGES = {
        "index.html", "style2.css", "overview.php", "feed", "logo.png"
    };
    private static final int[] STATUSES = {200, 200, 200, 200, 304, 301, 404, 500};
    private static final String[] AGENTS = {
        "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/142.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Safari/617.2.4",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://google.com/bot)",
        "UniversalFeedParser/4.2-pre-314-svn +http://feedparser.org/"
    };

    private final SplittableRandom random;

    private AccessLogBatches(long seed) {
        random = new SplittableRandom(seed);
    }

    /** So many different batches of a size, in the form that a transport carries. */
    public static List<Batch> of(Transport transport, BatchSize size, int count, long seed) {
        return transport == Transport.OTLP
                ? OtlpBatches.of(size, count, seed)
                : of(size, count, seed);
    }

    /** So many different batches of a size. */
    public static List<Batch> of(BatchSize size, int count, long seed) {
        AccessLogBatches source = new AccessLogBatches(seed);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(source.batch(size));
        }
        return batches;
    }

    private Batch batch(BatchSize size) {
        RecordBatch.Builder batch = RecordBatch.newBuilder();
        field(batch, "remote_addr", FieldType.FIELD_TYPE_STRING);
        field(batch, "remote_user", FieldType.FIELD_TYPE_STRING);
        field(batch, "host", FieldType.FIELD_TYPE_STRING);
        field(batch, "method", FieldType.FIELD_TYPE_STRING);
        field(batch, "path", FieldType.FIELD_TYPE_STRING);
        field(batch, "protocol", FieldType.FIELD_TYPE_STRING);
        field(batch, "status", FieldType.FIELD_TYPE_INT64);
        field(batch, "body_bytes", FieldType.FIELD_TYPE_INT64);
        field(batch, "duration_us", FieldType.FIELD_TYPE_INT64);
        field(batch, "cached", FieldType.FIELD_TYPE_BOOL);
        field(batch, "referer", FieldType.FIELD_TYPE_STRING);
        field(batch, "user_agent", FieldType.FIELD_TYPE_STRING);
        int bytes = batch.build().getSerializedSize();
        while (batch.getRecordsCount() < size.maxRecords()) {
            Record record = record(batch.getRecordsCount());
            int length = record.getSerializedSize();
            bytes += BATCH_TAG_BYTES + CodedOutputStream.computeUInt32SizeNoTag(length) + length;
            if (bytes > size.maxBytes()) {
                break;
            }
            batch.addRecords(record);
        }
        return new Batch(batch.build().toByteArray(), batch.getRecordsCount());
    }

    private static void field(RecordBatch.Builder batch, String name, FieldType type) {
        batch.addFields(FieldSchema.newBuilder().setName(name).setType(type));
    }

    private Record record(int number) {
        String section = pick(SECTIONS);
        String path = "/" + section + "/" + (2000 + random.nextInt(26)) + "/" + pick(PAGES);
        return Record.newBuilder()
                .setTimeUnixNano(START_NS + number * 1_000_003L)
                .addValues(text(address()))
                .addValues(text(random.nextInt(10) == 0 ? "u" + random.nextInt(1000) : "-"))
                .addValues(text("www.example.org"))
                .addValues(text(pick(METHODS)))
                .addValues(text(path))
                .addValues(text("HTTP/1.1"))
                .addValues(number(STATUSES[random.nextInt(STATUSES.length)]))
                .addValues(number(random.nextInt(200_000)))
                .addValues(number(random.nextInt(3_000_000)))
                .addValues(Value.newBuilder().setBoolValue(random.nextBoolean()))
                .addValues(text("http://example.org/" + section + "/"))
                .addValues(text(pick(AGENTS)))
                .build();
    }

    private String address() {
        return random.nextInt(1, 224)
                + "."
                + random.nextInt(256)
                + "."
                + random.nextInt(256)
                + "."
                + random.nextInt(1, 255);
    }

    private String pick(String[] words) {
        return words[random.nextInt(words.length)];
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value number(long number) {
        return Value.newBuilder().setIntValue(number).build();
    }
}
