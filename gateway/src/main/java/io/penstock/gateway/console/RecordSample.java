package io.penstock.gateway.console;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.ring.EntryView;
import io.penstock.exporter.ring.Ring;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The newest records of a ring, some of them: of the entries that came since the last look the
 * newest {@link #MAX_ENTRIES} are decoded until there are so many records.
 *
 * <p>Threading: one look at a time; a look reads mapped memory and may wait for the disk.
 */
final class RecordSample {
    /** A larger body is told by its size. */
    static final int MAX_BATCH_BYTES = 1 << 20;

    /** Of a record, as JSON; the rest of it is cut off. */
    static final int MAX_RECORD_CHARS = 4_000;

    /** Entries of one look. */
    private static final int MAX_ENTRIES = 20;

    private static final long NOWHERE = -1;

    private final RecordReader reader = new RecordReader();
    private final WriteBuffer text = new WriteBuffer(1 << 14);
    private long position = NOWHERE;
    private long accepted;

    /** Begins anew with what comes from now on. */
    void restart() {
        position = NOWHERE;
    }

    /** What came since the last look; empty where nothing did. The first look shows the newest. */
    Optional<JsonObject> next(Ring ring, int records) {
        JsonArray shown = new JsonArray();
        long from = Math.max(position, 0);
        long end = ring.newest(from, MAX_ENTRIES, entry -> add(entry, records, shown));
        long before = position == NOWHERE ? ring.acceptedRecords() : accepted;
        accepted = ring.acceptedRecords();
        position = end;
        return shown.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new JsonObject()
                                .put("records", shown)
                                .put("passed_records", accepted - before));
    }

    private void add(EntryView entry, int most, JsonArray shown) {
        int left = most - shown.size();
        if (left <= 0) {
            return;
        }
        if (entry.bodyBytes() > MAX_BATCH_BYTES) {
            shown.add(row(entry, "a batch of " + entry.bodyBytes() + " bytes, not decoded here"));
            return;
        }
        byte[] body = new byte[entry.bodyBytes()];
        entry.copyBody(body, 0);
        text.clear();
        try {
            reader.wrap(Encoding.ofCode(entry.encoding()), body, 0, body.length, entry.arrivedMs())
                    .read(0, left, new NdjsonWriter(text));
        } catch (MalformedBatchException | IllegalArgumentException broken) {
            shown.add(row(entry, "not to be decoded: " + broken.getMessage()));
            return;
        }
        new String(text.array(), 0, text.length(), StandardCharsets.UTF_8)
                .lines()
                .limit(left)
                .forEach(line -> shown.add(row(entry, line)));
    }

    private static JsonObject row(EntryView entry, String line) {
        boolean isLong = line.length() > MAX_RECORD_CHARS;
        return new JsonObject()
                .put("position", entry.position())
                .put("arrived_ms", entry.arrivedMs())
                .put("record", isLong ? line.substring(0, MAX_RECORD_CHARS) + "…" : line);
    }
}
