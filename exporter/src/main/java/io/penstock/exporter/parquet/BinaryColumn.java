package io.penstock.exporter.parquet;

import io.penstock.exporter.record.WriteBuffer;
import java.io.IOException;
import org.apache.parquet.format.Encoding;

/** Text, JSON and bytes. Threading: confined to one thread. */
final class BinaryColumn extends Column {

    /** What {@link #add} answers for a value that is in no dictionary. */
    static final int NO_ID = -1;

    private final ByteDictionary dictionary = new ByteDictionary();
    private final DictionaryIds ids = new DictionaryIds();
    // Values behind those of the dictionary: length, bytes.
    private final WriteBuffer plain = new WriteBuffer(64);
    private final ByteRange range = new ByteRange();

    BinaryColumn(ColumnSpec spec) {
        super(spec);
    }

    /** Adds a value; its number in the dictionary, or {@link #NO_ID}. */
    int add(int row, byte[] bytes, int offset, int length) {
        if (!ids.open()) {
            mark(row, plain.length());
            values++;
            LittleEndian.putInt(plain, length);
            plain.put(bytes, offset, length);
            range.add(bytes, offset, length);
            return NO_ID;
        }
        mark(row, 0);
        int before = dictionary.size();
        int id = dictionary.add(bytes, offset, length);
        ids.add(id);
        values++;
        if (dictionary.size() > before
                && ids.endsWith(dictionary.size(), dictionary.entries().length())) {
            cuts.cut(row + 1, values, 0);
        }
        return id;
    }

    /** Whether {@link #addAgain} may be called. */
    boolean takesIds() {
        return ids.open();
    }

    /** Adds the value that {@link #add} said to be of a number, since the last row group began. */
    void addAgain(int row, int id) {
        mark(row, 0);
        ids.add(id);
        values++;
    }

    @Override
    long bufferedBytes() {
        return dictionary.bufferedBytes() + 4L * ids.count() + plain.length();
    }

    @Override
    void write(ChunkWriter chunk, int rows) throws IOException {
        if (dictionary.size() > 0) {
            chunk.dictionary(dictionary.size(), dictionary.entries());
        }
        for (int page = 0; page < cuts.pages(); page++) {
            int from = cuts.value(page);
            int to = cuts.endValue(page, values);
            int firstRow = cuts.row(page);
            int endRow = cuts.endRow(page, rows);
            if (endRow > firstRow) {
                WriteBuffer body = chunk.body();
                putLevels(body, firstRow, endRow, to - from);
                chunk.page(endRow - firstRow, put(chunk, body, page, from, to));
            }
        }
        for (int i = 0; i < dictionary.size(); i++) {
            range.add(dictionary.entries().array(), dictionary.start(i), dictionary.length(i));
        }
        chunk.statistics(rows - values, range.least(), range.greatest());
    }

    private Encoding put(ChunkWriter chunk, WriteBuffer body, int page, int from, int to) {
        if (from < ids.count()) {
            chunk.ids(ids.array(), from, to, dictionary.size());
            return Encoding.RLE_DICTIONARY;
        }
        int start = cuts.offset(page);
        body.put(plain.array(), start, cuts.endOffset(page, plain.length()) - start);
        return Encoding.PLAIN;
    }

    @Override
    void reset() {
        ids.reset(values);
        super.reset();
        dictionary.reset();
        plain.clear(KEEP_BYTES);
        range.reset();
    }
}
