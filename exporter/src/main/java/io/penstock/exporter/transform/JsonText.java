package io.penstock.exporter.transform;

import io.penstock.exporter.record.JsonMember;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.JsonObject;
import io.penstock.exporter.text.JsonSyntax;
import io.penstock.exporter.text.JsonTime;
import io.penstock.exporter.text.JsonValues;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parses a JSON object: its members become fields, by the rules of records that arrive as JSON, the
 * record's time included.
 *
 * <p>Threading: confined to one thread.
 */
final class JsonText extends SlotVisitor implements ParseRule.Parser {

    private final Slots slots;
    private final JsonSyntax syntax = new JsonSyntax();
    private final JsonObject object = new JsonObject(syntax);
    private final JsonMember values = new JsonMember();
    // A copy: while members are set, the row's buffer may move.
    private final WriteBuffer text = new WriteBuffer(1024);
    private final WriteBuffer key = new WriteBuffer(64);
    private int[] memberSlots = new int[32];
    // Per slot the last text that had it; the text in hand has number texts.
    private long[] seenIn = new long[32];
    private long texts;

    JsonText(Slots slots, Row row) {
        super(row);
        this.slots = slots;
    }

    @Override
    public @Nullable String parse(Row record, int slot) {
        text.clear();
        text.put(record.bytes(), record.start(slot), record.length(slot));
        byte[] json = text.array();
        int end = text.length();
        int start = JsonSyntax.skipSpace(json, 0, end);
        int behind = object.read(json, start, end);
        if (behind >= 0 && JsonSyntax.skipSpace(json, behind, end) < end) {
            behind = syntax.expected("the end of the text behind the object", behind, end);
        }
        if (behind < 0) {
            return "byte " + (syntax.faultAt() + 1) + ": " + syntax.fault();
        }
        String fault = findSlots(json);
        if (fault == null) {
            say(json);
        }
        return fault;
    }

    /** Finds the slot of each member, so that a record is changed whole or not at all. */
    private @Nullable String findSlots(byte[] json) {
        texts++;
        int members = object.members();
        if (row.present() + members > Row.MAX_FIELDS) {
            return "the record would have over " + Row.MAX_FIELDS + " fields";
        }
        if (memberSlots.length < members) {
            memberSlots = Arrays.copyOf(memberSlots, Math.max(members, memberSlots.length * 2));
        }
        for (int i = 0; i < members; i++) {
            key(json, i);
            if (!FieldNames.isGood(key.array(), 0, key.length())) {
                return "member " + (i + 1) + " has a name that is no field name";
            }
            memberSlots[i] = first(slots.of(key.array(), 0, key.length()));
        }
        row.reserve(slots.size());
        return null;
    }

    /** The slot, or nowhere when the object has it already: of two members the first counts. */
    private int first(int slot) {
        if (slot >= seenIn.length) {
            seenIn = Arrays.copyOf(seenIn, Math.max(slot + 1, seenIn.length * 2));
        }
        boolean repeated = seenIn[slot] == texts;
        seenIn[slot] = texts;
        return repeated ? Row.NOWHERE : slot;
    }

    private void key(byte[] json, int member) {
        int start = object.keyStart(member);
        int end = object.keyEnd(member);
        key.clear();
        key.put(json, start, end - start);
        if (object.keyEscaped(member)) {
            key.truncate(JsonValues.unescape(json, start, end, key.array(), 0));
        }
    }

    private void say(byte[] json) {
        byte best = JsonTime.NO_RANK;
        for (int i = 0; i < object.members(); i++) {
            values.say(object, i, json, memberSlots[i], this);
            byte rank =
                    object.keyEscaped(i)
                            ? JsonTime.NO_RANK
                            : JsonTime.rank(
                                    json,
                                    object.keyStart(i),
                                    object.keyEnd(i) - object.keyStart(i));
            long stated = rank > best ? JsonTime.read(rank, object, i, json) : JsonTime.NONE;
            if (stated != JsonTime.NONE) {
                best = rank;
                row.time(stated);
            }
        }
    }

    @Override
    int slot(int field) {
        return field;
    }

    @Override
    public void startRecord(long timeUnixNano) {
        throw new IllegalStateException("members are said, no record");
    }

    @Override
    public void resetFields() {
        // slots are not reset
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        // slots need no announcement
    }

    @Override
    public void endRecord() {
        // the record in hand goes on
    }
}
