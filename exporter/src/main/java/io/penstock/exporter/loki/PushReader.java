package io.penstock.exporter.loki;

import io.penstock.exporter.batching.NamedBatches;
import io.penstock.exporter.text.JsonElements;
import io.penstock.exporter.text.JsonObject;
import io.penstock.exporter.text.JsonSyntax;
import io.penstock.exporter.text.JsonValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a push request. Source of the form: Loki's reference, "HTTP API", {@code POST
 * /loki/api/v1/push}:
 *
 * <pre>
 *   {"streams": [{"stream": {"label": "value"},
 *                 "values": [["nanoseconds", "line", {"metadata": "value"}], ...]}, ...]}
 * </pre>
 *
 * <p>Threading: confined to one thread.
 */
public final class PushReader {

    /** Field that holds the line. */
    public static final String MESSAGE = "message";

    private static final byte[] MESSAGE_UTF8 = MESSAGE.getBytes(StandardCharsets.UTF_8);
    static final String TOO_MANY = "a line with over 1023 labels and metadata";
    static final String TOO_LARGE = "the request is too large";
    static final String TOO_LONG = "a line too long";
    private static final byte[] NOTHING = new byte[0];

    private final NamedBatches batches;
    private final JsonSyntax syntax = new JsonSyntax();
    private final JsonObject stream = new JsonObject(syntax);
    private final JsonObject labels = new JsonObject(syntax);
    private final JsonObject metadata = new JsonObject(syntax);
    private byte[] bytes = NOTHING;
    private byte[] scratch = new byte[256];
    private @Nullable String fault;
    private int at;

    /** A reader that gathers records. */
    public PushReader(NamedBatches batches) {
        this.batches = batches;
    }

    /**
     * Reads a request.
     *
     * @return what is wrong with it, or null
     */
    public @Nullable String readJson(byte[] request, int length) {
        bytes = request;
        fault = null;
        JsonObject top = stream;
        int end = top.read(bytes, JsonSyntax.skipSpace(bytes, 0, length), length);
        if (end < 0) {
            return broken();
        }
        if (JsonSyntax.skipSpace(bytes, end, length) < length) {
            return "byte " + end + ": expected the end of the text";
        }
        int streams = member(top, "streams");
        if (streams < 0 || !nested(top, streams, '[')) {
            return "expected an array 'streams'";
        }
        JsonElements elements = new JsonElements(syntax, stream);
        elements.wrap(bytes, top.valueStart(streams), top.valueEnd(streams));
        while (fault == null && elements.next()) {
            readStream();
        }
        return fault == null && elements.faulty() ? broken() : fault;
    }

    private String broken() {
        return "byte " + syntax.faultAt() + ": " + syntax.fault();
    }

    private int member(JsonObject object, String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < object.members(); i++) {
            if (Arrays.equals(bytes, object.keyStart(i), object.keyEnd(i), utf8, 0, utf8.length)) {
                return i;
            }
        }
        return -1;
    }

    private boolean nested(JsonObject object, int member, char open) {
        return object.kind(member) == JsonObject.Kind.NESTED
                && bytes[object.valueStart(member)] == open;
    }

    private void readStream() {
        int named = member(stream, "stream");
        int values = member(stream, "values");
        if (named < 0 || !nested(stream, named, '{')) {
            fault = "expected an object 'stream'";
            return;
        }
        if (values < 0 || !nested(stream, values, '[')) {
            fault = "expected an array 'values'";
            return;
        }
        labels.read(bytes, stream.valueStart(named), stream.valueEnd(named));
        if (!texts(labels)) {
            return;
        }
        int end = stream.valueEnd(values);
        at = JsonSyntax.skipSpace(bytes, stream.valueStart(values) + 1, end);
        while (fault == null && bytes[at] != ']') {
            entry(end);
            at = JsonSyntax.skipSpace(bytes, at, end);
            if (fault == null && bytes[at] == ',') {
                at = JsonSyntax.skipSpace(bytes, at + 1, end);
            }
        }
    }

    /** One {@code [time, line]} or {@code [time, line, metadata]}; the text is known to be JSON. */
    private void entry(int end) {
        int time = opens('[', end) ? at : fail("expected [time, line]");
        int timeEnd = text(time, end);
        int line = comma(timeEnd, end) ? at : fail("expected a line behind the time");
        int lineEnd = text(line, end);
        boolean escapedLine = syntax.escaped();
        if (fault != null) {
            return;
        }
        int more = 0;
        at = JsonSyntax.skipSpace(bytes, lineEnd, end);
        if (bytes[at] == ',') {
            at = JsonSyntax.skipSpace(bytes, at + 1, end);
            int behind = bytes[at] == '{' ? metadata.read(bytes, at, end) : JsonSyntax.FAULT;
            if (behind < 0 || !texts(metadata)) {
                fail("expected an object of texts behind the line");
                return;
            }
            more = metadata.members();
            at = JsonSyntax.skipSpace(bytes, behind, end);
        }
        if (bytes[at] != ']') {
            fail("expected the end of [time, line, metadata]");
            return;
        }
        at++;
        long nanos = nanos(time + 1, timeEnd - 1);
        if (fault == null) {
            tell(nanos, more, line + 1, lineEnd - 1, escapedLine);
        }
    }

    private boolean opens(char bracket, int end) {
        boolean there = bytes[at] == bracket;
        at = there ? JsonSyntax.skipSpace(bytes, at + 1, end) : at;
        return there;
    }

    /** Index behind the text that begins at {@code from}. */
    private int text(int from, int end) {
        if (fault == null && bytes[from] != '"') {
            at = from;
            fail("expected a text");
        }
        return fault == null ? syntax.text(bytes, from, end) : from;
    }

    private boolean comma(int from, int end) {
        at = JsonSyntax.skipSpace(bytes, from, end);
        return fault != null || opens(',', end);
    }

    private int fail(String reason) {
        fault = fault == null ? "byte " + at + ": " + reason : fault;
        return at;
    }

    private long nanos(int from, int to) {
        try {
            return Long.parseLong(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        } catch (NumberFormatException other) {
            at = from;
            return fail("a time is not nanoseconds in decimal digits");
        }
    }

    private void tell(long nanos, int more, int line, int lineEnd, boolean escaped) {
        int most = 1 + labels.members() + more;
        if (!batches.begin(nanos, most)) {
            fault = most > NamedBatches.MAX_VALUES ? TOO_MANY : TOO_LARGE;
            return;
        }
        byte[] from = bytes;
        int start = line;
        int length = lineEnd - line;
        if (escaped) {
            reserve(length);
            length = JsonValues.unescape(bytes, line, lineEnd, scratch, 0);
            from = scratch;
            start = 0;
        }
        batches.text(MESSAGE_UTF8, 0, MESSAGE_UTF8.length, from, start, length);
        say(labels);
        if (more > 0) {
            say(metadata);
        }
        if (!batches.end()) {
            fault = TOO_LONG;
        }
    }

    private void say(JsonObject object) {
        for (int i = 0; i < object.members(); i++) {
            int start = object.keyStart(i);
            int length = object.keyEnd(i) - start;
            byte[] name = bytes;
            if (object.keyEscaped(i)) {
                length = unescaped(start, start + length);
                start = 0;
                name = scratch;
            }
            batches.member(name, start, length, object, i, bytes);
        }
    }

    /** Whether all members are texts with names that a field may have. */
    private boolean texts(JsonObject object) {
        for (int i = 0; i < object.members() && fault == null; i++) {
            boolean text =
                    object.kind(i) == JsonObject.Kind.TEXT
                            || object.kind(i) == JsonObject.Kind.ESCAPED_TEXT;
            int start = object.keyStart(i);
            int length = object.keyEnd(i) - start;
            byte[] name = bytes;
            if (object.keyEscaped(i)) {
                length = unescaped(start, start + length);
                start = 0;
                name = scratch;
            }
            if (!text) {
                fault = "byte " + object.valueStart(i) + ": expected a text";
            } else if (length == 0 || length > NamedBatches.MAX_NAME_BYTES) {
                fault =
                        "byte "
                                + object.keyStart(i)
                                + ": a name must have 1 to "
                                + NamedBatches.MAX_NAME_BYTES
                                + " bytes";
            } else if (control(name, start, length)) {
                fault = "byte " + object.keyStart(i) + ": a name has a control character";
            }
        }
        return fault == null;
    }

    private static boolean control(byte[] name, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if ((name[i] >= 0 && name[i] < ' ') || name[i] == 0x7f) {
                return true;
            }
        }
        return false;
    }

    private int unescaped(int from, int to) {
        reserve(to - from);
        return JsonValues.unescape(bytes, from, to, scratch, 0);
    }

    private void reserve(int room) {
        if (scratch.length < room) {
            scratch = new byte[room * 2];
        }
    }
}
