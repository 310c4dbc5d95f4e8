package io.penstock.exporter.parquet;

import io.penstock.exporter.record.WriteBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * Writes the pages of one column chunk after another, and says what the footer must know of each.
 *
 * <p>Order of calls: {@link #begin}, {@link #dictionary} at most once, pages, {@link #statistics},
 * {@link #end}. A page is written into {@link #body} and then handed over by {@link #page}.
 *
 * <p>Threading: confined to one thread.
 */
final class ChunkWriter {

    private static final long NONE = -1;
    private static final int KEEP_BYTES = 4 * Column.PAGE_BYTES;

    private final FileOutput out;
    private final PageCodec codec;
    private final WriteBuffer body = new WriteBuffer(64 * 1024);
    private final Hybrid hybrid = new Hybrid(body);
    private final Delta delta = new Delta(body);
    private final CRC32 crc = new CRC32();
    private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
    private Statistics statistics = new Statistics();
    private long dictionaryAt;
    private long dataAt;
    private long start;
    private long rawBytes;

    ChunkWriter(FileOutput out, PageCodec codec) {
        this.out = out;
        this.codec = codec;
    }

    void begin() {
        encodings.clear();
        encodings.add(Encoding.RLE);
        statistics = new Statistics();
        start = out.position();
        dictionaryAt = NONE;
        dataAt = NONE;
        rawBytes = 0;
    }

    /** The page in hand, empty. */
    WriteBuffer body() {
        body.clear(KEEP_BYTES);
        return body;
    }

    /** Appends {@code numbers[from, to)} of a dictionary to the page in hand. */
    void ids(int[] numbers, int from, int to, int entries) {
        int width = Hybrid.width(entries - 1);
        body.put((byte) width);
        hybrid.put(numbers, from, to, width);
    }

    /** Appends {@code numbers[from, to)} as differences to the page in hand. */
    void delta(long[] numbers, int from, int to) {
        delta.put(numbers, from, to);
    }

    void dictionary(int entries, WriteBuffer plain) throws IOException {
        dictionaryAt = out.position();
        encodings.add(Encoding.PLAIN);
        PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, plain.length(), 0);
        header.setDictionary_page_header(new DictionaryPageHeader(entries, Encoding.PLAIN));
        write(header, plain);
    }

    /** Writes the page in hand. */
    void page(int rows, Encoding encoding) throws IOException {
        dataAt = dataAt == NONE ? out.position() : dataAt;
        encodings.add(encoding);
        PageHeader header = new PageHeader(PageType.DATA_PAGE, body.length(), 0);
        header.setData_page_header(new DataPageHeader(rows, encoding, Encoding.RLE, Encoding.RLE));
        write(header, body);
    }

    private void write(PageHeader header, WriteBuffer raw) throws IOException {
        int packed = codec.pack(raw.array(), raw.length());
        crc.reset();
        crc.update(codec.packed(), 0, packed);
        header.setCrc((int) crc.getValue());
        header.setCompressed_page_size(packed);
        long before = out.position();
        Util.writePageHeader(header, out);
        rawBytes += out.position() - before + raw.length();
        out.write(codec.packed(), 0, packed);
    }

    void statistics(long nulls, byte @Nullable [] least, byte @Nullable [] greatest) {
        statistics.setNull_count(nulls);
        if (least != null && greatest != null) {
            statistics.setMin_value(least);
            statistics.setMax_value(greatest);
        }
    }

    ColumnChunk end(ColumnSpec spec, long rows) {
        ColumnMetaData meta =
                new ColumnMetaData(
                        spec.type(),
                        new ArrayList<>(encodings),
                        List.of(spec.name()),
                        codec.codec().code,
                        rows,
                        rawBytes,
                        out.position() - start,
                        dataAt);
        if (dictionaryAt != NONE) {
            meta.setDictionary_page_offset(dictionaryAt);
        }
        meta.setStatistics(statistics);
        ColumnChunk chunk = new ColumnChunk(start);
        chunk.setMeta_data(meta);
        return chunk;
    }
}
