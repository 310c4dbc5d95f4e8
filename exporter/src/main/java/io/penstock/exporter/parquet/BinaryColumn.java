package io.penstock.exporter.parquet;

import io.penstock.exporter.record.WriteBuffer;
import java.io.IOException;
import org.apache.parquet.format.Encoding;

/** Text, JSON and bytes. Threading: confined to one thread. */
final class BinaryColumn extends Column {

    private final ByteDictionary dictionary = new ByteDictionary();
    private final DictionaryIds ids = new DictionaryIds();
    // Values behind those of the dictionary: length, bytes.
    private final WriteBuffer plain = new WriteBuffer(64);
    private final ByteRange range = new ByteRange();

    BinaryColumn(ColumnSpec spec) {
        super(spec);
    }

    void add(int row, byte[] bytes, int offset, int length) {
        if (ids.open()) {
            mark(row, 0);
            int before = dictionary.size();
            ids.add(dictionary.add(bytes, offset, length));
            values++;
            if (dictionary.size() > before
                    && ids.endsWith(dictionary.size(), dictionary.entries().length())) {
                cuts.cut(row + 1, values, 0);
            }
        } else {
            mark(row, plain.length());
            values++;
            LittleEndian.putInt(plain, length);
            plain.put(bytes, offset, length);
            range.add(bytes, offset, length);
        }
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
