package io.penstock.exporter.segment;

/**
 * The first eight bytes of an entry or of a pad: {@code tag (40 bits) | length in units of 8 bytes
 * (24 bits)}.
 *
 * <p>The tag is a hash of the segment's salt, the position and the length, so that neither a stale
 * word of an earlier lap, nor one at another place, nor one with a flipped bit passes for valid: a
 * recycled segment need not be zeroed. A pad bears the complement of the tag. A pad is nothing but
 * its word: it fills the rest of a segment, or what a killed writer left.
 */
final class CommitWord {
    /** What a word is, at its place. */
    enum Kind {
        /** Nothing was published here. */
        NONE,
        /** An entry starts here. */
        ENTRY,
        /** Nothing up to the end of the pad. */
        PAD
    }

    private static final int LENGTH_BITS = 24;
    private static final long LENGTH_MASK = (1L << LENGTH_BITS) - 1;
    private static final long TAG_MASK = (1L << (Long.SIZE - LENGTH_BITS)) - 1;

    private CommitWord() {}

    static long entry(long salt, long position, int bytes) {
        long units = bytes / EntryFormat.ALIGNMENT;
        return (tag(salt, position, units) << LENGTH_BITS) | units;
    }

    static long pad(long salt, long position, int bytes) {
        long units = bytes / EntryFormat.ALIGNMENT;
        return (~tag(salt, position, units) << LENGTH_BITS) | units;
    }

    static Kind kind(long word, long salt, long position) {
        long units = word & LENGTH_MASK;
        if (units == 0) {
            return Kind.NONE;
        }
        long tag = tag(salt, position, units);
        long found = word >>> LENGTH_BITS;
        if (found == tag) {
            return Kind.ENTRY;
        }
        return found == (~tag & TAG_MASK) ? Kind.PAD : Kind.NONE;
    }

    /** Length in bytes of the entry or pad with this word. */
    static int bytes(long word) {
        return (int) (word & LENGTH_MASK) * EntryFormat.ALIGNMENT;
    }

    /** Upper 40 bits of a 64-bit finalizer (the constants are those of SplitMix64). */
    private static long tag(long salt, long position, long units) {
        long hash = salt ^ (position * 0x9E3779B97F4A7C15L) ^ (units << 40);
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return (hash ^ (hash >>> 31)) >>> LENGTH_BITS;
    }
}
