package io.penstock.exporter.bulk;

import io.penstock.exporter.text.JsonObject;
import io.penstock.exporter.text.JsonSyntax;
import io.penstock.exporter.text.JsonValues;
import io.penstock.exporter.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a bulk request. Source of the rules, and of the words of faults:
 * Elasticsearch's reference, "Bulk API", and its {@code BulkRequestParser}: what is wrong with an
 * action line spoils the request, what is wrong with a document only that document.
 *
 * <p>Threading: confined to one thread.
 */
public final class BulkBody {

    /** Most actions. An answer has some 200 bytes for each. */
    public static final int MAX_ACTIONS = 50_000;

    private static final String LINE = "Malformed action/metadata line [";

    private final int maxDocumentBytes;
    private final JsonSyntax syntax = new JsonSyntax();
    private final JsonObject line = new JsonObject(syntax);
    private final JsonObject about = new JsonObject(syntax);
    private final JsonObject document = new JsonObject(syntax);
    private final List<BulkAction> actions = new ArrayList<>();

    private byte[] bytes = new byte[0];
    private int at;
    private int limit;
    private int lineEnd;
    private int lines;
    private boolean tooLarge;
    // The action in hand.
    private String index = "";
    private String id = "";

    /** A reader of documents up to so many bytes. */
    public BulkBody(int maxDocumentBytes) {
        this.maxDocumentBytes = maxDocumentBytes;
    }

    /**
     * Reads a body.
     *
     * @param pathIndex index of actions that name none; may be empty
     * @return what is wrong with it, or null
     */
    public @Nullable String read(byte[] body, int from, int to, String pathIndex) {
        bytes = body;
        at = from;
        limit = to;
        lines = 0;
        tooLarge = false;
        actions.clear();
        if (from == to) {
            return "request body is required";
        }
        if (body[to - 1] != '\n') {
            return "The bulk request must be terminated by a newline [\\n]";
        }
        while (nextLine()) {
            if (JsonSyntax.skipSpace(bytes, at, lineEnd) < lineEnd) {
                String fault = action(pathIndex);
                if (fault != null) {
                    return fault;
                }
            }
            at = lineEnd + 1;
        }
        return actions.isEmpty() ? "Validation Failed: 1: no requests added;" : null;
    }

    private boolean nextLine() {
        if (at >= limit) {
            return false;
        }
        lineEnd = Words.indexOf(bytes, at, limit, (byte) '\n');
        lines++;
        return true;
    }

    private @Nullable String action(String pathIndex) {
        int start = JsonSyntax.skipSpace(bytes, at, lineEnd);
        int end = line.read(bytes, start, lineEnd);
        if (end < 0) {
            return malformed(syntax.fault() + " at column " + (syntax.faultAt() - at + 1));
        }
        if (JsonSyntax.skipSpace(bytes, end, lineEnd) < lineEnd || line.members() != 1) {
            return malformed("expected one object with one action");
        }
        String word = key(line, 0);
        BulkAction.Op op = BulkAction.Op.of(word);
        if (op == null) {
            return malformed("expected one of [create, delete, index, update] but found another");
        }
        int object = line.valueStart(0);
        if (line.kind(0) != JsonObject.Kind.NESTED || bytes[object] != '{') {
            return malformed("expected an object behind the action");
        }
        about.read(bytes, object, line.valueEnd(0));
        String fault = about(pathIndex);
        if (fault != null) {
            return malformed(fault);
        }
        if (actions.size() == MAX_ACTIONS) {
            tooLarge = true;
            return "the request has over " + MAX_ACTIONS + " actions";
        }
        return op == BulkAction.Op.DELETE ? add(op, 0, 0, false, null) : document(op);
    }

    /** What stands in the action: which index, which id. */
    private @Nullable String about(String pathIndex) {
        String oldIndex = index;
        index = pathIndex;
        id = "";
        for (int i = 0; i < about.members(); i++) {
            String name = key(about, i);
            boolean wanted = name.equals("_index") || name.equals("_id");
            if (!wanted || about.kind(i) == JsonObject.Kind.NULL) {
                continue;
            }
            if (about.kind(i) == JsonObject.Kind.NESTED) {
                return "expected a text behind " + name;
            }
            String value = text(i);
            if (name.equals("_id")) {
                id = value;
            } else {
                // Most actions name the index of the one before: one text for all of them.
                index = value.equals(oldIndex) ? oldIndex : value;
            }
        }
        return null;
    }

    private @Nullable String document(BulkAction.Op op) {
        at = lineEnd + 1;
        if (!nextLine()) {
            return malformed("the document behind it is missing");
        }
        int start = JsonSyntax.skipSpace(bytes, at, lineEnd);
        if (lineEnd - start > maxDocumentBytes) {
            return add(
                    op,
                    start,
                    start,
                    false,
                    "the document has "
                            + (lineEnd - start)
                            + " bytes, the limit is "
                            + maxDocumentBytes);
        }
        int end = document.read(bytes, start, lineEnd);
        if (end < 0) {
            return add(op, start, start, false, unreadable(syntax.faultAt(), syntax.fault()));
        }
        int rest = JsonSyntax.skipSpace(bytes, end, lineEnd);
        if (rest < lineEnd) {
            return add(op, start, start, false, unreadable(rest, "expected the end of the line"));
        }
        return add(op, start, end, document.members() == 0, null);
    }

    private @Nullable String add(
            BulkAction.Op op, int start, int end, boolean isEmpty, @Nullable String fault) {
        actions.add(new BulkAction(op, index, id, start, end, isEmpty, fault));
        return null;
    }

    private String unreadable(int place, @Nullable String reason) {
        return "failed to parse: line " + lines + ", column " + (place - at + 1) + ": " + reason;
    }

    private String malformed(String reason) {
        return LINE + lines + "], " + reason;
    }

    private String key(JsonObject object, int member) {
        return text(object.keyStart(member), object.keyEnd(member), object.keyEscaped(member));
    }

    private String text(int member) {
        return text(
                about.valueStart(member),
                about.valueEnd(member),
                about.kind(member) == JsonObject.Kind.ESCAPED_TEXT);
    }

    private String text(int start, int end, boolean escaped) {
        if (!escaped) {
            return new String(bytes, start, end - start, StandardCharsets.UTF_8);
        }
        byte[] plain = new byte[end - start];
        int length = JsonValues.unescape(bytes, start, end, plain, 0);
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }

    /** The actions of the body that was read last. */
    public List<BulkAction> actions() {
        return actions;
    }

    /** Whether the fault found last was one of size. */
    public boolean tooLarge() {
        return tooLarge;
    }
}
