package io.penstock.exporter.record;

import io.penstock.exporter.text.JsonObject;
import io.penstock.exporter.text.JsonTime;
import io.penstock.exporter.text.JsonValues;
import io.penstock.exporter.text.Names;
import java.util.Arrays;

/**
 * Says a JSON object that has been read to a visitor, as a record. Names are announced as they turn
 * up; of several members of one name the first counts. When a batch has over {@link
 * Wire#MAX_FIELDS} names, all are announced anew.
 *
 * <p>Threading: confined to one thread.
 */
final class JsonRecord {

    private static final int REPEATED = -1;

    private final Names names = new Names();
    private final JsonMember values = new JsonMember();
    private final WriteBuffer scratch = new WriteBuffer(256);
    // Per field: its rank as a time, and the last record that had it.
    private byte[] ranks = new byte[32];
    private int[] seenIn = new int[32];
    // Per member of the object in hand: its field.
    private int[] fields = new int[32];
    private int record;

    /** Begins a batch. */
    void reset(RecordVisitor visitor) {
        forgetNames(visitor);
        record = 0;
    }

    private void forgetNames(RecordVisitor visitor) {
        names.clear();
        Arrays.fill(seenIn, 0);
        visitor.resetFields();
    }

    /** Says one record. */
    void say(JsonObject object, byte[] bytes, long arrivedNanos, RecordVisitor visitor) {
        int members = object.members();
        if (names.size() + members > Wire.MAX_FIELDS && unknown(object, bytes)) {
            forgetNames(visitor);
        }
        if (members > fields.length) {
            fields = Arrays.copyOf(fields, Math.max(members, fields.length * 2));
        }
        record++;
        long time = arrivedNanos;
        byte best = JsonTime.NO_RANK;
        for (int i = 0; i < members; i++) {
            int field = field(object, i, bytes, visitor);
            fields[i] = field;
            if (field >= 0 && ranks[field] > best) {
                long stated = JsonTime.read(ranks[field], object, i, bytes);
                best = stated == JsonTime.NONE ? best : ranks[field];
                time = stated == JsonTime.NONE ? time : stated;
            }
        }
        visitor.startRecord(time);
        for (int i = 0; i < members; i++) {
            if (fields[i] != REPEATED) {
                values.say(object, i, bytes, fields[i], visitor);
            }
        }
        visitor.endRecord();
    }

    private boolean unknown(JsonObject object, byte[] bytes) {
        for (int i = 0; i < object.members(); i++) {
            if (find(object, i, bytes) == Names.NOT_THERE) {
                return true;
            }
        }
        return false;
    }

    private int find(JsonObject object, int member, byte[] bytes) {
        int start = object.keyStart(member);
        int length = object.keyEnd(member) - start;
        if (!object.keyEscaped(member)) {
            return names.find(bytes, start, length);
        }
        unescape(bytes, start, start + length);
        return names.find(scratch.bytes, 0, scratch.length);
    }

    /** The field of a member, announced if need be; {@link #REPEATED} when the record had it. */
    private int field(JsonObject object, int member, byte[] bytes, RecordVisitor visitor) {
        int field = find(object, member, bytes);
        if (field == Names.NOT_THERE) {
            int start = object.keyStart(member);
            field =
                    object.keyEscaped(member)
                            ? announce(scratch.bytes, 0, scratch.length, visitor)
                            : announce(bytes, start, object.keyEnd(member) - start, visitor);
        }
        boolean repeated = seenIn[field] == record;
        seenIn[field] = record;
        return repeated ? REPEATED : field;
    }

    private int announce(byte[] bytes, int start, int length, RecordVisitor visitor) {
        int field = names.add(bytes, start, length);
        if (field >= ranks.length) {
            ranks = Arrays.copyOf(ranks, field * 2);
            seenIn = Arrays.copyOf(seenIn, field * 2);
        }
        ranks[field] = JsonTime.rank(bytes, start, length);
        visitor.field(field, bytes, start, length);
        return field;
    }

    private void unescape(byte[] bytes, int start, int end) {
        scratch.clear();
        scratch.reserve(end - start);
        scratch.length = JsonValues.unescape(bytes, start, end, scratch.bytes, 0);
    }
}
