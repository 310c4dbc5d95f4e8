package io.penstock.exporter.parquet;

import io.penstock.exporter.record.WriteBuffer;
import java.io.IOException;
import java.util.Arrays;

/**
 * The values of one column in the row group in hand. A row without a value is null.
 *
 * <p>Threading: confined to one thread.
 */
abstract class Column {

    /** Rows of a page. */
    static final int PAGE_ROWS = 1 << 15;

    /** Bytes of values from which on a page is full. */
    static final int PAGE_BYTES = 1 << 20;

    /** What arrays may keep from one row group to the next. */
    static final int KEEP_BYTES = 4 << 20;

    final ColumnSpec spec;
    final PageCuts cuts = new PageCuts();
    // Bit i is set when row i has a value; rows behind the array have none.
    private long[] present = new long[1];
    private int lastMarked = -1;
    int values;

    Column(ColumnSpec spec) {
        this.spec = spec;
    }

    /** Row {@code row}, which is not before the last one, has the value that follows. */
    final void mark(int row, int offset) {
        int word = row >>> 6;
        if (word >= present.length) {
            present = Arrays.copyOf(present, Math.max(word + 1, present.length * 2));
        }
        present[word] |= 1L << row;
        lastMarked = row;
        if (row - cuts.lastRow() >= PAGE_ROWS || offset - cuts.lastOffset() >= PAGE_BYTES) {
            cuts.cut(row, values, offset);
        }
    }

    /** Whether the row, which is not before the last one, has a value already. */
    final boolean has(int row) {
        return lastMarked == row;
    }

    /** Bytes that the values take in memory. */
    abstract long bufferedBytes();

    /** Writes the chunk. */
    abstract void write(ChunkWriter chunk, int rows) throws IOException;

    /** Forgets the values. */
    void reset() {
        int used = Math.min(present.length, KEEP_BYTES / Long.BYTES);
        if (used < present.length) {
            present = new long[used];
        } else {
            Arrays.fill(present, 0);
        }
        lastMarked = -1;
        values = 0;
        cuts.reset();
    }

    /** Writes the definition levels of rows {@code [from, to)}, of which some have values. */
    final void putLevels(WriteBuffer out, int from, int to, int nonNull) {
        if (spec.required()) {
            return;
        }
        int lengthAt = out.length();
        LittleEndian.putInt(out, 0);
        int rows = to - from;
        if (nonNull == rows || nonNull == 0) {
            LittleEndian.putVarint(out, rows << 1);
            out.put((byte) (nonNull == 0 ? 0 : 1));
        } else {
            int groups = (rows + 7) / 8;
            LittleEndian.putVarint(out, groups << 1 | 1);
            for (int i = 0; i < groups; i++) {
                out.put((byte) bits(from + i * 8));
            }
        }
        LittleEndian.setInt(out.array(), lengthAt, out.length() - lengthAt - Integer.BYTES);
    }

    /** The presence of 8 rows. Those behind the page are noise, which readers pass over. */
    private int bits(int row) {
        int word = row >>> 6;
        int shift = row & 63;
        long low = word < present.length ? present[word] >>> shift : 0;
        long high = shift > 56 && word + 1 < present.length ? present[word + 1] << (64 - shift) : 0;
        return (int) (low | high) & 0xff;
    }
}
