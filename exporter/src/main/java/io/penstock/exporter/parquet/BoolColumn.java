package io.penstock.exporter.parquet;

import io.penstock.exporter.record.WriteBuffer;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/** Booleans, a bit each. Threading: confined to one thread. */
final class BoolColumn extends Column {

    private static final byte[] FALSE = {0};
    private static final byte[] TRUE = {1};

    // Bit i is value i.
    private long[] bits = new long[1];
    private int trues;

    BoolColumn(ColumnSpec spec) {
        super(spec);
    }

    void add(int row, boolean value) {
        mark(row, 0);
        int word = values >>> 6;
        if (word == bits.length) {
            bits = Arrays.copyOf(bits, word * 2);
        }
        if (value) {
            bits[word] |= 1L << values;
            trues++;
        }
        values++;
    }

    @Override
    long bufferedBytes() {
        return values / 8;
    }

    @Override
    void write(ChunkWriter chunk, int rows) throws IOException {
        for (int page = 0; page < cuts.pages(); page++) {
            int from = cuts.value(page);
            int to = cuts.endValue(page, values);
            int firstRow = cuts.row(page);
            int endRow = cuts.endRow(page, rows);
            WriteBuffer body = chunk.body();
            putLevels(body, firstRow, endRow, to - from);
            BitPacker packer = new BitPacker(body);
            for (int i = from; i < to; i++) {
                packer.put(bits[i >>> 6] >>> i & 1, 1);
            }
            packer.end();
            chunk.page(endRow - firstRow, Encoding.PLAIN);
        }
        boolean any = values > 0;
        chunk.statistics(
                rows - values,
                any ? trues == values ? TRUE : FALSE : null,
                any ? trues == 0 ? FALSE : TRUE : null);
    }

    @Override
    void reset() {
        super.reset();
        if (bits.length > KEEP_BYTES / Long.BYTES) {
            bits = new long[KEEP_BYTES / Long.BYTES];
        } else {
            Arrays.fill(bits, 0);
        }
        trues = 0;
    }
}
