package io.penstock.exporter.sink.object;

import io.penstock.exporter.parquet.ParquetRowWriter;
import io.penstock.exporter.parquet.ParquetSettings;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.rows.RowFileReader;
import io.penstock.exporter.schema.FieldUnion;
import io.penstock.exporter.sink.body.ByteTarget;
import io.penstock.exporter.sink.body.Compressor;
import io.penstock.exporter.sink.body.DrainingVisitor;
import io.penstock.exporter.storage.Storage;
import io.penstock.exporter.storage.StorageFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Encodes the rows of a window into the content of its object. The same rows give the same object,
 * up to the versions of the libraries.
 *
 * <p>Threading: any thread; a call keeps nothing.
 *
 * @param storage the file system
 * @param format of the object
 * @param compression of the object
 * @param rowGroupBytes memory for a row group of Parquet
 */
record WindowEncoder(
        Storage storage, ObjectFormat format, ObjectCompression compression, long rowGroupBytes) {

    private static final int PIECE_BYTES = 64 * 1024;

    /** What names end with. */
    String suffix() {
        return format == ObjectFormat.PARQUET
                ? format.suffix()
                : format.suffix() + compression.stream().suffix();
    }

    /**
     * Writes the file {@code to}, whole and forced to the disk when this returns.
     *
     * @param end bytes of {@code rows} that hold
     * @param giveWay called about once in a megabyte of rows and after each row group
     * @return bytes of it
     */
    long encode(Path rows, long end, Path to, Runnable giveWay) throws IOException {
        storage.delete(to);
        try (StorageFile in = storage.open(rows, Storage.Access.READ);
                StorageFile out = storage.create(to, 0)) {
            RowFileReader reader = new RowFileReader(in, end);
            FieldUnion union = new FieldUnion();
            return switch (format) {
                case PARQUET -> {
                    reader.union(union);
                    yield parquet(reader, union, out, giveWay);
                }
                case CSV -> {
                    reader.union(union);
                    WriteBuffer buffer = new WriteBuffer(PIECE_BYTES);
                    yield text(reader, new CsvWriter(union, buffer), buffer, out, giveWay);
                }
                case NDJSON -> {
                    WriteBuffer buffer = new WriteBuffer(PIECE_BYTES);
                    yield text(reader, new NdjsonWriter(buffer), buffer, out, giveWay);
                }
            };
        } catch (UncheckedIOException carried) {
            throw carried.getCause();
        }
    }

    private long parquet(RowFileReader reader, FieldUnion union, StorageFile out, Runnable giveWay)
            throws IOException {
        ParquetSettings settings = new ParquetSettings(compression.codec(), rowGroupBytes, giveWay);
        try (ParquetRowWriter writer = new ParquetRowWriter(union, out, settings)) {
            reader.read(writer, giveWay);
            return writer.finish();
        }
    }

    private long text(
            RowFileReader reader,
            RecordVisitor lines,
            WriteBuffer buffer,
            StorageFile out,
            Runnable giveWay)
            throws IOException {
        try (Compressor packer = compression.stream().compressor()) {
            packer.start(new Appender(out));
            reader.read(
                    new DrainingVisitor(lines, () -> drain(buffer, packer, PIECE_BYTES)), giveWay);
            drain(buffer, packer, 1);
            packer.finish();
        }
        out.force();
        return out.size();
    }

    private static void drain(WriteBuffer buffer, Compressor packer, int least) {
        if (buffer.length() < least) {
            return;
        }
        try {
            packer.write(buffer.array(), 0, buffer.length());
        } catch (IOException failed) {
            // through the visitor, which knows no I/O; unpacked by encode
            throw new UncheckedIOException(failed);
        }
        buffer.clear();
    }

    /** Writes one piece behind the other. */
    private static final class Appender implements ByteTarget {
        private final StorageFile file;
        private long position;

        Appender(StorageFile file) {
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(position, bytes, offset, length);
            position += length;
        }
    }
}
