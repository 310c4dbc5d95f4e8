package io.penstock.exporter.parquet;

import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.schema.FieldUnion;
import io.penstock.exporter.schema.UnionNumbers;
import io.penstock.exporter.schema.ValueKind;
import io.penstock.exporter.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes the records that it is shown to one Parquet file, whose schema is a {@link FieldUnion}
 * told beforehand. See the package's page.
 *
 * <p>A value of a field or kind that the union does not have is an {@link IllegalStateException};
 * of several values of a field in one record the first counts. An error of the file system comes
 * out of {@link #endRecord} as an {@link UncheckedIOException}; the file is of no use then. It is
 * whole when {@link #finish} has returned.
 *
 * <p>Threading: confined to one thread.
 */
public final class ParquetRowWriter implements RecordVisitor, Closeable {

    /** Rows of a group at the most. */
    static final int MAX_GROUP_ROWS = 1 << 20;

    /** How often the size is looked at: by rows, and by bytes of values. */
    private static final int LOOK_ROWS = 1024;

    private static final int LOOK_BYTES = 1 << 20;

    private final FileSchema schema;
    private final ParquetSettings settings;
    private final ParquetFile file;
    private final Column[] columns;
    private final LongColumn times;
    private final UnionNumbers fields;
    private final TextIds textIds = new TextIds();
    private int rows;
    private long bytesSinceLook;

    /**
     * Begins a file.
     *
     * @param union must not change until the writer is closed
     * @param empty a new file; closed by the writer
     */
    public ParquetRowWriter(FieldUnion union, StorageFile empty, ParquetSettings settings)
            throws IOException {
        fields = new UnionNumbers(union);
        this.settings = settings;
        schema = new FileSchema(union);
        List<ColumnSpec> specs = schema.columns();
        columns = new Column[specs.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = specs.get(i).column();
        }
        times = (LongColumn) columns[0];
        file = new ParquetFile(empty, settings.codec());
    }

    @Override
    public void resetFields() {
        // the numbers of fields are overwritten as they are announced
        textIds.clear();
    }

    @Override
    public void field(int number, byte[] name, int offset, int length) {
        fields.known(number, name, offset, length);
    }

    @Override
    public void startRecord(long timeUnixNano) {
        times.add(rows, timeUnixNano);
    }

    private Column column(int field, ValueKind kind) {
        return columns[schema.column(fields.of(field), kind.code())];
    }

    @Override
    public void stringValue(int field, byte[] utf8, int offset, int length) {
        binary(column(field, ValueKind.STRING), utf8, offset, length);
    }

    @Override
    public void numberedString(int field, int text, byte[] utf8, int offset, int length) {
        BinaryColumn column = (BinaryColumn) column(field, ValueKind.STRING);
        if (column.has(rows)) {
            return;
        }
        bytesSinceLook += length;
        int known = textIds.find(text);
        if (known != BinaryColumn.NO_ID && column.takesIds()) {
            column.addAgain(rows, known);
        } else {
            textIds.put(text, column.add(rows, utf8, offset, length));
        }
    }

    @Override
    public void bytesValue(int field, byte[] bytes, int offset, int length) {
        binary(column(field, ValueKind.BYTES), bytes, offset, length);
    }

    @Override
    public void jsonValue(int field, byte[] json, int offset, int length) {
        binary(column(field, ValueKind.JSON), json, offset, length);
    }

    private void binary(Column column, byte[] bytes, int offset, int length) {
        if (!column.has(rows)) {
            ((BinaryColumn) column).add(rows, bytes, offset, length);
            bytesSinceLook += length;
        }
    }

    @Override
    public void intValue(int field, long value) {
        number(column(field, ValueKind.INT), value);
    }

    @Override
    public void doubleValue(int field, double value) {
        number(column(field, ValueKind.DOUBLE), Double.doubleToRawLongBits(value));
    }

    private void number(Column column, long value) {
        if (!column.has(rows)) {
            ((LongColumn) column).add(rows, value);
        }
    }

    @Override
    public void boolValue(int field, boolean value) {
        Column column = column(field, ValueKind.BOOL);
        if (!column.has(rows)) {
            ((BoolColumn) column).add(rows, value);
        }
    }

    @Override
    public void nullValue(int field) {
        // a row without a value is null
    }

    @Override
    public void endRecord() {
        rows++;
        if (rows % LOOK_ROWS == 0 || bytesSinceLook >= LOOK_BYTES) {
            look();
        }
    }

    private void look() {
        bytesSinceLook = 0;
        long buffered = 0;
        for (Column column : columns) {
            buffered += column.bufferedBytes();
        }
        if (buffered >= settings.rowGroupBytes() || rows >= MAX_GROUP_ROWS) {
            try {
                writeGroup();
            } catch (IOException failed) {
                // through the visitor, which knows no I/O
                throw new UncheckedIOException(failed);
            }
            settings.afterRowGroup().run();
        }
    }

    private void writeGroup() throws IOException {
        file.rowGroup(columns, rows);
        textIds.clear();
        rows = 0;
    }

    /**
     * Writes what is buffered and the footer, and forces the file to the disk.
     *
     * @return bytes of the file
     */
    public long finish() throws IOException {
        if (rows > 0) {
            writeGroup();
        }
        file.finish(schema.columns());
        return file.bytes();
    }

    /** Lets go of the file, finished or not. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
