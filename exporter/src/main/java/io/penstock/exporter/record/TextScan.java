package io.penstock.exporter.record;

import io.penstock.exporter.text.JsonElements;
import io.penstock.exporter.text.JsonObject;
import io.penstock.exporter.text.JsonSyntax;
import io.penstock.exporter.text.Lines;
import io.penstock.exporter.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Checks and counts the records of the encodings that are text, in one array. What it takes can be
 * decoded to the last record: the decoders read JSON through the same classes.
 *
 * <p>Threading: confined to one thread.
 */
final class TextScan {

    private final int maxRecordBytes;
    private final JsonSyntax syntax = new JsonSyntax();
    private final JsonObject object = new JsonObject(syntax);
    private final Lines lines = new Lines();
    private @Nullable BatchFault fault;

    TextScan(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
    }

    @Nullable BatchFault fault() {
        return fault;
    }

    /** Scans lines of JSON, or of text; the number of records, or -1. */
    int scanLines(boolean json, byte[] bytes, int start, int end) {
        fault = null;
        lines.wrap(bytes, start, end);
        int records = 0;
        while (fault == null && lines.next()) {
            records++;
            if (fits(records, lines.start(), lines.end(), bytes, start)) {
                if (json) {
                    jsonLine(bytes, start);
                } else {
                    textLine(bytes, start);
                }
            }
        }
        return answer(records);
    }

    private void jsonLine(byte[] bytes, int start) {
        int end = lines.end();
        int to = object.read(bytes, JsonSyntax.skipSpace(bytes, lines.start(), end), end);
        if (to < 0) {
            malformed(bytes, start, syntax.faultAt(), syntax.fault());
            return;
        }
        int rest = JsonSyntax.skipSpace(bytes, to, end);
        if (rest < end) {
            malformed(bytes, start, rest, "expected the end of the line behind the object");
        }
    }

    private void textLine(byte[] bytes, int start) {
        int bad = Utf8.firstFault(bytes, lines.start(), lines.end());
        if (bad != Utf8.VALID) {
            malformed(bytes, start, bad, "the text is not UTF-8");
        }
    }

    /** Scans an array of objects; the number of records, or -1. */
    int scanArray(byte[] bytes, int start, int end) {
        fault = null;
        JsonElements elements = new JsonElements(syntax, object);
        elements.wrap(bytes, start, end);
        int records = 0;
        while (fault == null && elements.next()) {
            records++;
            fits(records, elements.start(), elements.end(), bytes, start);
        }
        if (fault == null && elements.faulty()) {
            malformed(bytes, start, syntax.faultAt(), syntax.fault());
        }
        return answer(records);
    }

    private int answer(int records) {
        if (fault == null && records == 0) {
            fault = new BatchFault(BatchFault.Kind.EMPTY, 0, "the batch holds no record");
        }
        return fault == null ? records : BatchScan.FAULT;
    }

    private boolean fits(int record, int from, int to, byte[] bytes, int start) {
        if (record > Wire.MAX_RECORDS) {
            String reason = "the batch has over " + Wire.MAX_RECORDS + " records";
            fault = fault(BatchFault.Kind.TOO_LARGE, bytes, start, from, reason);
        } else if (to - from > maxRecordBytes) {
            String reason =
                    "record "
                            + record
                            + " has "
                            + (to - from)
                            + " bytes, the limit is "
                            + maxRecordBytes;
            fault = fault(BatchFault.Kind.TOO_LARGE, bytes, start, from, reason);
        }
        return fault == null;
    }

    private void malformed(byte[] bytes, int start, int at, @Nullable String reason) {
        fault = fault(BatchFault.Kind.MALFORMED, bytes, start, at, String.valueOf(reason));
    }

    /** A fault with line and column, both from 1; columns count bytes. */
    static BatchFault fault(BatchFault.Kind kind, byte[] bytes, int start, int at, String reason) {
        int line = 1;
        int lineStart = start;
        for (int i = start; i < at; i++) {
            if (bytes[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        String place = "line " + line + ", column " + (at - lineStart + 1) + ": ";
        return new BatchFault(kind, at - start, place + reason);
    }
}
