package io.penstock.perf.parquet;

import io.penstock.exporter.parquet.ParquetCodec;
import io.penstock.exporter.parquet.ParquetRowWriter;
import io.penstock.exporter.parquet.ParquetSettings;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.rows.HourSplitter;
import io.penstock.exporter.rows.RowFileReader;
import io.penstock.exporter.schema.FieldUnion;
import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.Storage;
import io.penstock.exporter.storage.StorageFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The whole way of the object sink but for its journal and forces: batches to staged rows, and
 * those, with a schema found on the way, to columns.
 */
record StagedWriter(AccessLogRows rows) implements ParquetWriterSide {

    private static final int HOURS = 64;

    @Override
    public String name() {
        return "ours, staged on disk before";
    }

    @Override
    public void write(Path file) throws IOException {
        Storage storage = new DiskStorage();
        Path staged = file.resolveSibling("staged.rows");
        storage.delete(staged);
        long[] end = new long[1];
        try (StorageFile out = storage.create(staged, 0)) {
            HourSplitter splitter = new HourSplitter(HOURS);
            rows.pieces(
                    (reader, bytes, length) -> {
                        splitter.clear();
                        reader.wrap(Encoding.NATIVE, bytes, 0, length, 0).read(splitter);
                        for (long hour : splitter.hours()) {
                            var frame = splitter.frame(hour);
                            out.write(end[0], frame.array(), 0, frame.length());
                            end[0] += frame.length();
                        }
                    });
        }
        try (StorageFile in = storage.open(staged, Storage.Access.READ)) {
            RowFileReader reader = new RowFileReader(in, end[0]);
            FieldUnion union = new FieldUnion();
            reader.union(union);
            try (ParquetRowWriter writer =
                    new ParquetRowWriter(
                            union,
                            storage.create(file, 0),
                            ParquetSettings.of(ParquetCodec.ZSTD))) {
                reader.read(writer, () -> {});
                writer.finish();
            }
        }
        storage.delete(staged);
    }
}
