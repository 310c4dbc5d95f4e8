package io.penstock.perf.parquet;

import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.parquet.ParquetCodec;
import io.penstock.exporter.parquet.ParquetRowWriter;
import io.penstock.exporter.parquet.ParquetSettings;
import io.penstock.exporter.schema.FieldUnion;
import io.penstock.exporter.schema.ValueKind;
import io.penstock.exporter.storage.DiskStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Batches to columns. The schema is known, as it is to the others. */
record OurWriter(AccessLogRows rows) implements ParquetWriterSide {

    @Override
    public String name() {
        return "ours";
    }

    @Override
    public void write(Path file) throws IOException {
        try (ParquetRowWriter writer =
                new ParquetRowWriter(
                        union(),
                        new DiskStorage().create(file, 0),
                        ParquetSettings.of(ParquetCodec.ZSTD))) {
            rows.read(writer);
            writer.finish();
        }
    }

    private static FieldUnion union() {
        FieldUnion union = new FieldUnion();
        for (AccessLogField field : AccessLogField.values()) {
            byte[] name = field.fieldName().getBytes(StandardCharsets.UTF_8);
            boolean number = field == AccessLogField.STATUS || field == AccessLogField.BYTES;
            union.mark(
                    union.add(name, 0, name.length),
                    number ? ValueKind.INT.bit() : ValueKind.STRING.bit());
        }
        return union;
    }
}
