package io.penstock.exporter.transform;

import io.penstock.exporter.expression.Expression;
import io.penstock.exporter.text.Names;
import java.nio.charset.StandardCharsets;

/**
 * Numbers for field names: slot 0 is the time, then come the names that the steps use, then those
 * that records bring. The latter are forgotten when they have become many.
 *
 * <p>Threading: confined to one thread.
 */
final class Slots {

    /** Names beyond which those that are not in use are forgotten. */
    private static final int MANY = 16_384;

    private static final int FIRST = Expression.TIME_SLOT + 1;

    private Names names = new Names();
    private Names spare = new Names();
    private int pinned;

    /** The slot of a name that a step uses; it stays. */
    int pin(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        int slot = of(utf8, 0, utf8.length);
        pinned = names.size();
        return slot;
    }

    /** The slot of a name that a record brings. */
    int of(byte[] bytes, int start, int length) {
        int number = names.find(bytes, start, length);
        return FIRST + (number == Names.NOT_THERE ? names.add(bytes, start, length) : number);
    }

    /** Slots so far. */
    int size() {
        return FIRST + names.size();
    }

    /** Whether a step uses the slot's name. */
    boolean isPinned(int slot) {
        return slot < FIRST + pinned;
    }

    boolean areMany() {
        return names.size() > MANY;
    }

    /** Forgets all names but those pinned and those in {@code slots}, which get new numbers. */
    void forgetOthers(int[] slots, int count) {
        Names fresh = spare;
        fresh.clear();
        for (int i = 0; i < pinned; i++) {
            fresh.add(names.array(), names.start(i), names.length(i));
        }
        for (int i = 0; i < count; i++) {
            int old = slots[i] - FIRST;
            int start = names.start(old);
            int length = names.length(old);
            int number = fresh.find(names.array(), start, length);
            slots[i] =
                    FIRST
                            + (number == Names.NOT_THERE
                                    ? fresh.add(names.array(), start, length)
                                    : number);
        }
        spare = names;
        names = fresh;
    }

    byte[] nameArray() {
        return names.array();
    }

    int nameStart(int slot) {
        return names.start(slot - FIRST);
    }

    int nameLength(int slot) {
        return names.length(slot - FIRST);
    }
}
