package io.penstock.exporter.parquet;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.schema.ValueKind;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;

/**
 * Integers, doubles by their bits, and times. Times, which rarely repeat and rarely jump, have no
 * dictionary.
 *
 * <p>Threading: confined to one thread.
 */
final class LongColumn extends Column {

    private final LongDictionary dictionary = new LongDictionary();
    private final DictionaryIds ids = new DictionaryIds();
    private final boolean tried;
    private final boolean doubles;
    // Values behind those of the dictionary.
    private long[] plain = new long[16];
    private int plainCount;

    LongColumn(ColumnSpec spec) {
        super(spec);
        tried = !spec.required();
        doubles = spec.kind() == ValueKind.DOUBLE;
    }

    void add(int row, long value) {
        mark(row, 0);
        values++;
        if (tried && ids.open()) {
            int before = dictionary.size();
            ids.add(dictionary.add(value));
            if (dictionary.size() > before
                    && ids.endsWith(dictionary.size(), (long) dictionary.size() * Long.BYTES)) {
                cuts.cut(row + 1, values, 0);
            }
            return;
        }
        if (plainCount == plain.length) {
            plain = Arrays.copyOf(plain, plainCount * 2);
        }
        plain[plainCount++] = value;
    }

    @Override
    long bufferedBytes() {
        return dictionary.bufferedBytes() + 4L * ids.count() + 8L * plainCount;
    }

    @Override
    void write(ChunkWriter chunk, int rows) throws IOException {
        if (dictionary.size() > 0) {
            WriteBuffer entries = chunk.body();
            for (int i = 0; i < dictionary.size(); i++) {
                LittleEndian.putLong(entries, dictionary.entry(i));
            }
            chunk.dictionary(dictionary.size(), entries);
        }
        for (int page = 0; page < cuts.pages(); page++) {
            int from = cuts.value(page);
            int to = cuts.endValue(page, values);
            int firstRow = cuts.row(page);
            int endRow = cuts.endRow(page, rows);
            if (endRow > firstRow) {
                WriteBuffer body = chunk.body();
                putLevels(body, firstRow, endRow, to - from);
                chunk.page(endRow - firstRow, put(chunk, body, from, to));
            }
        }
        statistics(chunk, rows);
    }

    private Encoding put(ChunkWriter chunk, WriteBuffer body, int from, int to) {
        int inDictionary = ids.count();
        if (from < inDictionary) {
            chunk.ids(ids.array(), from, to, dictionary.size());
            return Encoding.RLE_DICTIONARY;
        }
        if (!doubles && from < to) {
            chunk.delta(plain, from - inDictionary, to - inDictionary);
            return Encoding.DELTA_BINARY_PACKED;
        }
        for (int i = from; i < to; i++) {
            LittleEndian.putLong(body, plain[i - inDictionary]);
        }
        return Encoding.PLAIN;
    }

    private void statistics(ChunkWriter chunk, int rows) {
        LongRange range = new LongRange(doubles);
        for (int i = 0; i < dictionary.size(); i++) {
            range.add(dictionary.entry(i));
        }
        for (int i = 0; i < plainCount; i++) {
            range.add(plain[i]);
        }
        chunk.statistics(rows - values, range.least(), range.greatest());
    }

    @Override
    void reset() {
        ids.reset(values);
        super.reset();
        dictionary.reset();
        plainCount = 0;
        if (plain.length > KEEP_BYTES / Long.BYTES) {
            plain = new long[KEEP_BYTES / Long.BYTES];
        }
    }
}
