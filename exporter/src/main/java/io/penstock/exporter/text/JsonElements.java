package io.penstock.exporter.text;

/**
 * Steps through the objects of a JSON array, each of which it reads.
 *
 * <p>Threading: confined to one thread.
 */
public final class JsonElements {

    private final JsonSyntax syntax;
    private final JsonObject object;
    private byte[] bytes = new byte[0];
    private int limit;
    private int at;
    private int start;
    private int end;
    private boolean first;

    /** Steps that read into {@code object} and report faults to {@code syntax}. */
    public JsonElements(JsonSyntax syntax, JsonObject object) {
        this.syntax = syntax;
        this.object = object;
    }

    /** Turns to the text in {@code [from, to)}. */
    public void wrap(byte[] source, int from, int to) {
        bytes = source;
        limit = to;
        at = JsonSyntax.skipSpace(source, from, to);
        first = true;
        start = at;
        end = at;
    }

    /** Reads the next object; false at the end of the array, and where it is {@link #faulty}. */
    public boolean next() {
        if (first ? opens() : continues()) {
            start = at;
            at = object.read(bytes, at, limit);
            end = at;
        }
        return start < end;
    }

    private boolean opens() {
        first = false;
        if (at >= limit || bytes[at] != '[') {
            at = syntax.expected("'['", at, limit);
            return over();
        }
        at = JsonSyntax.skipSpace(bytes, at + 1, limit);
        return (at >= limit || bytes[at] != ']') || closes();
    }

    private boolean continues() {
        at = JsonSyntax.skipSpace(bytes, at, limit);
        if (at < limit && bytes[at] == ',') {
            at = JsonSyntax.skipSpace(bytes, at + 1, limit);
            return true;
        }
        if (at >= limit || bytes[at] != ']') {
            at = syntax.expected("',' or ']'", at, limit);
            return over();
        }
        return closes();
    }

    private boolean closes() {
        at = JsonSyntax.skipSpace(bytes, at + 1, limit);
        if (at < limit) {
            at = syntax.expected("the end of the text behind the array", at, limit);
        }
        return over();
    }

    private boolean over() {
        start = 0;
        end = 0;
        return false;
    }

    /** Whether the last step met something else than JSON. */
    public boolean faulty() {
        return at < 0;
    }

    /** First byte of the object. */
    public int start() {
        return start;
    }

    /** Behind the last byte of the object. */
    public int end() {
        return end;
    }
}
