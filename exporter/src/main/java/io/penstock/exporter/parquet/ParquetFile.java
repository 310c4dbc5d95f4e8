package io.penstock.exporter.parquet;

import io.penstock.exporter.storage.StorageFile;
import io.penstock.exporter.text.Words;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/**
 * The layout of a file: magic, row groups, footer, length of the footer, magic.
 *
 * <p>Threading: confined to one thread.
 */
final class ParquetFile implements Closeable {

    /** Most row groups, which are numbered by 16 bits. */
    static final int MAX_ROW_GROUPS = Short.MAX_VALUE;

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;
    private static final String CREATED_BY = "penstock version 0.1.0";

    private final FileOutput out;
    private final PageCodec codec;
    private final ChunkWriter chunks;
    private final List<RowGroup> groups = new ArrayList<>();
    private long rows;

    ParquetFile(StorageFile file, ParquetCodec codec) throws IOException {
        out = new FileOutput(file);
        this.codec = new PageCodec(codec);
        chunks = new ChunkWriter(out, this.codec);
        out.write(MAGIC, 0, MAGIC.length);
    }

    void rowGroup(Column[] columns, int groupRows) throws IOException {
        if (groups.size() == MAX_ROW_GROUPS) {
            throw new IOException("over " + MAX_ROW_GROUPS + " row groups; make them larger");
        }
        long start = out.position();
        List<ColumnChunk> written = new ArrayList<>(columns.length);
        long rawBytes = 0;
        for (Column column : columns) {
            chunks.begin();
            column.write(chunks, groupRows);
            ColumnChunk chunk = chunks.end(column.spec, groupRows);
            rawBytes += chunk.getMeta_data().getTotal_uncompressed_size();
            written.add(chunk);
            column.reset();
        }
        RowGroup group = new RowGroup(written, rawBytes, groupRows);
        group.setFile_offset(start);
        group.setTotal_compressed_size(out.position() - start);
        group.setOrdinal((short) groups.size());
        groups.add(group);
        rows += groupRows;
    }

    /** Writes the footer; the file is whole and on the disk when this returns. */
    void finish(List<ColumnSpec> columns) throws IOException {
        List<SchemaElement> schema = new ArrayList<>();
        SchemaElement root = new SchemaElement("schema");
        root.setNum_children(columns.size());
        schema.add(root);
        List<ColumnOrder> orders = new ArrayList<>();
        for (ColumnSpec column : columns) {
            schema.add(column.element());
            orders.add(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()));
        }
        FileMetaData footer = new FileMetaData(VERSION, schema, rows, groups);
        footer.setCreated_by(CREATED_BY);
        footer.setColumn_orders(orders);
        long start = out.position();
        Util.writeFileMetaData(footer, out);
        byte[] tail = new byte[Long.BYTES];
        Words.set(tail, 0, out.position() - start);
        System.arraycopy(MAGIC, 0, tail, Integer.BYTES, MAGIC.length);
        out.write(tail, 0, tail.length);
        out.force();
    }

    long bytes() {
        return out.position();
    }

    @Override
    public void close() throws IOException {
        codec.close();
        out.close();
    }
}
