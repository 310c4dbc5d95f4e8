package io.penstock.exporter.ring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of a ring, open or not.
 *
 * <p>Threading: any thread reads; {@link #add} and {@link #remove} under the maintenance lock.
 */
final class CursorSet {
    private volatile RingCursor[] cursors = new RingCursor[0];

    void add(RingCursor cursor) {
        RingCursor[] now = cursors;
        RingCursor[] more = new RingCursor[now.length + 1];
        System.arraycopy(now, 0, more, 0, now.length);
        more[now.length] = cursor;
        cursors = more;
    }

    void remove(RingCursor cursor) {
        List<RingCursor> fewer = new ArrayList<>(all());
        fewer.remove(cursor);
        cursors = fewer.toArray(new RingCursor[0]);
    }

    List<RingCursor> all() {
        return List.of(cursors);
    }

    int size() {
        return cursors.length;
    }

    @Nullable RingCursor find(String name) {
        for (RingCursor cursor : cursors) {
            if (cursor.name().equals(name)) {
                return cursor;
            }
        }
        return null;
    }

    /** The cursor that holds the most, or null when there is none. */
    @Nullable RingCursor last() {
        RingCursor last = null;
        for (RingCursor cursor : cursors) {
            if (last == null || cursor.position() < last.position()) {
                last = cursor;
            }
        }
        return last;
    }

    /** Wakes those that wait for an append. */
    void wakeIfArmed() {
        for (RingCursor cursor : cursors) {
            cursor.wakeIfArmed();
        }
    }
}
