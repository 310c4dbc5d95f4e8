package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.ring.RingCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a run came: which of its records are settled, in what pieces the others are offered, and
 * what became of the settled ones. It is noted beside the take after each step, so that after a
 * kill the settled records are not offered again, and the others in the pieces, and thus under the
 * ids, that they had.
 *
 * <pre>
 *   version (1) | delivered | dead-lettered | dropped | pieces: length &lt;&lt; 2 | state, in order
 * </pre>
 *
 * <p>All but the first byte are numbers of 7 bits per byte, the lowest first, as in Protocol
 * Buffers (base 128 varints). Settled neighbours are one piece, so that a run in bisection has few.
 * A run of more pieces than fit into {@link RingCursor#MAX_PROGRESS_BYTES} keeps its last note that
 * did: what it settled since is offered again after a kill.
 *
 * <p>Threading: confined to the export's context.
 */
final class Progress {
    private static final byte VERSION = 1;
    private static final int STATE_BITS = 2;
    private static final int BYTE_BITS = 7;

    /** What is to be done with a piece, and the code that the note has for it. */
    private enum State {
        /** To be cut by the configuration. */
        UNCUT(0),
        /** To be offered as it is. */
        APART(1),
        /** Never to be offered again. */
        SETTLED(2);

        private final int code;

        State(int code) {
            this.code = code;
        }

        static @Nullable State of(long code) {
            for (State state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            return null;
        }
    }

    /** Records to be offered. */
    record Piece(int from, int to, boolean uncut) {}

    private final int records;

    /** States by the number of a piece's first record; each goes on to the next one's. */
    private final TreeMap<Integer, State> pieces = new TreeMap<>();

    private int delivered;
    private int deadLettered;
    private int dropped;

    /** Nothing of a run is settled. */
    Progress(int records) {
        this.records = records;
        pieces.put(0, State.UNCUT);
    }

    int delivered() {
        return delivered;
    }

    /** Records of which a dead letter is kept. */
    int deadLettered() {
        return deadLettered;
    }

    int dropped() {
        return dropped;
    }

    /** Records are settled, all but those that are set {@link #apart} after this. */
    void settle(int from, int to) {
        mark(from, to, State.SETTLED);
        if (pieces.get(to) == State.SETTLED) {
            pieces.remove(to);
        }
        Map.Entry<Integer, State> before = pieces.lowerEntry(from);
        if (before != null && before.getValue() == State.SETTLED) {
            pieces.remove(from);
        }
    }

    /** Records are offered by themselves from now on. */
    void apart(int from, int to) {
        mark(from, to, State.APART);
    }

    /** A dead letter that is not kept yet: its records may have to be offered again. */
    void apart(DeadLetter letter) {
        apart(letter.delivery().fromRecord(), letter.delivery().toRecord());
    }

    private void mark(int from, int to, State state) {
        boundary(from);
        boundary(to);
        pieces.subMap(from, to).clear();
        pieces.put(from, state);
    }

    private void boundary(int at) {
        if (at < records) {
            pieces.putIfAbsent(at, pieces.floorEntry(at).getValue());
        }
    }

    /** Counts settled records. */
    void count(int moreDelivered, int moreDropped) {
        delivered += moreDelivered;
        dropped += moreDropped;
    }

    /** Dead letters for these records are kept: they are settled. */
    void kept(int from, int to) {
        settle(from, to);
        deadLettered += to - from;
    }

    /** Whether none of these records is settled. */
    boolean isOpen(int from, int to) {
        return from >= 0
                && from < to
                && to <= records
                && pieces.floorEntry(from).getValue() != State.SETTLED
                && !pieces.subMap(from, to).containsValue(State.SETTLED);
    }

    /** What is to be offered, in order. */
    List<Piece> open() {
        List<Piece> open = new ArrayList<>();
        for (Map.Entry<Integer, State> piece : pieces.entrySet()) {
            if (piece.getValue() != State.SETTLED) {
                boolean uncut = piece.getValue() == State.UNCUT;
                open.add(new Piece(piece.getKey(), end(piece.getKey()), uncut));
            }
        }
        return open;
    }

    private int end(int from) {
        Integer next = pieces.higherKey(from);
        return next == null ? records : next;
    }

    /** As it is noted, or null when it has too many pieces. */
    byte @Nullable [] encode() {
        byte[] target = new byte[RingCursor.MAX_PROGRESS_BYTES];
        target[0] = VERSION;
        int at = put(target, 1, delivered);
        at = put(target, at, deadLettered);
        at = put(target, at, dropped);
        for (Map.Entry<Integer, State> piece : pieces.entrySet()) {
            long length = (long) end(piece.getKey()) - piece.getKey();
            at = put(target, at, length << STATE_BITS | piece.getValue().code);
            if (at > target.length) {
                return null;
            }
        }
        return Arrays.copyOf(target, at);
    }

    /** Answers where the next number goes: past the end when this one does not fit. */
    private static int put(byte[] target, int at, long number) {
        long rest = number;
        int next = at;
        while (next < target.length && rest >> BYTE_BITS != 0) {
            target[next++] = (byte) (rest | 1 << BYTE_BITS);
            rest >>>= BYTE_BITS;
        }
        if (next < target.length) {
            target[next] = (byte) rest;
        }
        return next + 1;
    }

    /**
     * What was noted about a run.
     *
     * @return nothing settled, when nothing was noted or when it was in a way that this version
     *     does not know
     */
    static Progress decode(byte[] noted, int records) {
        if (noted.length == 0 || noted[0] != VERSION) {
            return new Progress(records);
        }
        Reader reader = new Reader(noted);
        Progress read = new Progress(records);
        read.delivered = (int) reader.next();
        read.deadLettered = (int) reader.next();
        read.dropped = (int) reader.next();
        int settled = 0;
        long from = 0;
        while (reader.more() && from < records) {
            long piece = reader.next();
            State state = State.of(piece & ((1 << STATE_BITS) - 1));
            long length = piece >>> STATE_BITS;
            if (state == null || length > records) {
                return new Progress(records);
            }
            read.pieces.put((int) from, state);
            settled += state == State.SETTLED ? (int) length : 0;
            from += length;
        }
        boolean whole = from == records && !reader.more();
        return whole && read.delivered + read.deadLettered + read.dropped == settled
                ? read
                : new Progress(records);
    }

    /** Numbers one after the other; 0 behind the last. */
    private static final class Reader {
        private final byte[] source;
        private int at = 1;

        Reader(byte[] source) {
            this.source = source;
        }

        boolean more() {
            return at < source.length;
        }

        long next() {
            long number = 0;
            for (int shift = 0; at < source.length && shift < Long.SIZE; shift += BYTE_BITS) {
                byte next = source[at++];
                number |= (long) (next & ((1 << BYTE_BITS) - 1)) << shift;
                if (next >= 0) {
                    return number;
                }
            }
            return number;
        }
    }
}
