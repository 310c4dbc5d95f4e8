package io.penstock.gateway.cli;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.ring.tool.CursorRow;
import io.penstock.exporter.ring.tool.DumpedEntry;
import io.penstock.exporter.ring.tool.Finding;
import io.penstock.exporter.ring.tool.RingListing;
import io.penstock.exporter.ring.tool.RingRepair;
import io.penstock.exporter.ring.tool.SegmentRow;
import io.penstock.exporter.ring.tool.VerifyReport;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.TextTable;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/** What the verbs of {@code ring} find, as text and as JSON. */
final class RingPrinter {
    private static final HexFormat HEX = HexFormat.of();

    private final PrintWriter out;
    private final RecordReader reader = new RecordReader();
    private final WriteBuffer lines = new WriteBuffer(64 << 10);

    RingPrinter(PrintWriter out) {
        this.out = out;
    }

    static void print(RepoName repo, RingListing ring, PrintWriter out) {
        out.printf(
                "%s: epoch %s, head %d, tail %d, %s on disk%s, snapshot %s at %d%n",
                repo,
                HEX.toHexDigits(ring.epoch()),
                ring.head(),
                ring.tail(),
                Amounts.bytes(ring.bytes()),
                ring.closed() ? ", closed" : "",
                word(ring.snapshot()),
                ring.snapshotPosition());
        TextTable segments = new TextTable("SEGMENT", "HEADER", "INDEX", "FROM", "TO", "SIZE");
        for (SegmentRow row : ring.segments()) {
            segments.row(
                    row.file().getFileName().toString(),
                    word(row.status()),
                    Long.toString(row.index()),
                    Long.toString(row.firstPosition()),
                    Long.toString(row.endPosition()),
                    Amounts.bytes(row.bytes()));
        }
        segments.print(out);
        TextTable cursors =
                new TextTable("CURSOR", "FILE", "POSITION", "DELIVERED", "OPEN TAKES", "LAG");
        for (CursorRow row : ring.cursors()) {
            cursors.row(
                    row.export(),
                    word(row.status()),
                    Long.toString(row.position()),
                    Amounts.count(row.delivered()),
                    Integer.toString(row.openTakes()),
                    Amounts.bytes(row.lagBytes()));
        }
        cursors.print(out);
        ring.quarantined().forEach(file -> out.println("quarantined: " + file));
        out.println();
    }

    static JsonObject json(RepoName repo, RingListing ring) {
        JsonArray segments = new JsonArray();
        for (SegmentRow row : ring.segments()) {
            segments.add(
                    new JsonObject()
                            .put("file", row.file().toString())
                            .put("header", word(row.status()))
                            .put("index", row.index())
                            .put("first_position", row.firstPosition())
                            .put("end_position", row.endPosition())
                            .put("bytes", row.bytes()));
        }
        JsonArray cursors = new JsonArray();
        for (CursorRow row : ring.cursors()) {
            cursors.add(
                    new JsonObject()
                            .put("export", row.export())
                            .put("file", word(row.status()))
                            .put("position", row.position())
                            .put("base_records", row.base())
                            .put("delivered_records", row.delivered())
                            .put("dead_lettered_records", row.deadLettered())
                            .put("dropped_records", row.dropped())
                            .put("open_takes", row.openTakes())
                            .put("lag_bytes", row.lagBytes()));
        }
        JsonArray quarantined = new JsonArray();
        ring.quarantined().forEach(file -> quarantined.add(file.toString()));
        return new JsonObject()
                .put("repo", repo.value())
                .put("directory", ring.directory().toString())
                .put("epoch", HEX.toHexDigits(ring.epoch()))
                .put("head", ring.head())
                .put("tail", ring.tail())
                .put("bytes", ring.bytes())
                .put("closed", ring.closed())
                .put("snapshot", word(ring.snapshot()))
                .put("snapshot_position", ring.snapshotPosition())
                .put("segments", segments)
                .put("cursors", cursors)
                .put("quarantined", quarantined);
    }

    static void print(RepoName repo, VerifyReport report, PrintWriter out) {
        out.printf(
                "%s: %s; %d segments, %s entries, %s records, %s%n",
                repo,
                report.isSound() ? "sound" : "DAMAGED",
                report.segments(),
                Amounts.count(report.entries()),
                Amounts.count(report.records()),
                Amounts.bytes(report.bodyBytes()));
        report.findings().forEach(finding -> out.println("  " + line(finding)));
    }

    private static String line(Finding finding) {
        String where = finding.position() < 0 ? "" : " at " + finding.position();
        return word(finding.severity())
                + ": "
                + finding.file().getFileName()
                + where
                + ": "
                + finding.what();
    }

    static JsonObject json(RepoName repo, VerifyReport report) {
        return json(report).put("repo", repo.value());
    }

    private static JsonObject json(VerifyReport report) {
        JsonArray findings = new JsonArray();
        for (Finding finding : report.findings()) {
            findings.add(
                    new JsonObject()
                            .put("severity", word(finding.severity()))
                            .put("file", finding.file().toString())
                            .put("position", finding.position())
                            .put("what", finding.what()));
        }
        return new JsonObject()
                .put("sound", report.isSound())
                .put("segments", report.segments())
                .put("entries", report.entries())
                .put("records", report.records())
                .put("body_bytes", report.bodyBytes())
                .put("findings", findings);
    }

    static void print(RepoName repo, RingRepair.Result result, PrintWriter out) {
        out.println("before:");
        print(repo, result.before(), out);
        out.println("after:");
        print(repo, result.after(), out);
        out.printf("%s records were accepted.%n", Amounts.count(result.acceptedRecords()));
    }

    static JsonObject json(RepoName repo, RingRepair.Result result) {
        return new JsonObject()
                .put("repo", repo.value())
                .put("before", json(result.before()))
                .put("after", json(result.after()))
                .put("accepted_records", result.acceptedRecords());
    }

    void print(RepoName repo, DumpedEntry entry) {
        out.printf(
                "%s %d  %s  %d records  %d bytes  %s  producer %s sequence %d%s%n",
                repo,
                entry.position(),
                Instant.ofEpochMilli(entry.arrivedMs()),
                entry.records(),
                entry.bodyBytes(),
                encoding(entry),
                HEX.toHexDigits(entry.producerId()),
                entry.sequence(),
                entry.readable() ? "" : "  BAD CHECKSUM");
        ByteBuffer body = entry.body();
        if (body != null) {
            out.print(records(entry, body));
        }
    }

    JsonObject json(DumpedEntry entry) {
        JsonObject json =
                new JsonObject()
                        .put("position", entry.position())
                        .put("readable", entry.readable())
                        .put("arrived", Instant.ofEpochMilli(entry.arrivedMs()).toString())
                        .put("records", entry.records())
                        .put("body_bytes", entry.bodyBytes())
                        .put("encoding", encoding(entry))
                        .put("producer", HEX.toHexDigits(entry.producerId()))
                        .put("sequence", entry.sequence());
        ByteBuffer body = entry.body();
        return body == null ? json : json.put("ndjson", records(entry, body));
    }

    private static String encoding(DumpedEntry entry) {
        try {
            return word(Encoding.ofCode(entry.encoding()));
        } catch (IllegalArgumentException unknown) {
            return "encoding " + entry.encoding();
        }
    }

    /** The records as lines of JSON, whatever they were pushed as. */
    private String records(DumpedEntry entry, ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        lines.clear();
        try {
            Encoding encoding = Encoding.ofCode(entry.encoding());
            reader.wrap(encoding, bytes, 0, bytes.length, entry.arrivedMs())
                    .read(new NdjsonWriter(lines));
        } catch (MalformedBatchException | IllegalArgumentException unreadable) {
            return "(cannot be decoded: " + unreadable.getMessage() + ")\n";
        }
        return new String(lines.array(), 0, lines.length(), StandardCharsets.UTF_8);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
