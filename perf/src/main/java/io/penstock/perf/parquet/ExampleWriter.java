package io.penstock.perf.parquet;

import io.penstock.exporter.accesslog.AccessLogField;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The writer of parquet-java's examples, with its defaults: a group of objects per row. */
record ExampleWriter(AccessLogRows rows) implements ParquetWriterSide {

    @Override
    public String name() {
        return "parquet-java example";
    }

    @Override
    public void write(Path file) throws IOException {
        MessageType schema = schema();
        try (ParquetWriter<Group> writer =
                ExampleParquetWriter.builder(new LocalOutputFile(file))
                        .withConf(new PlainParquetConfiguration())
                        .withCodecFactory(new ZstdCodecFactory())
                        .withCompressionCodec(CompressionCodecName.ZSTD)
                        .withType(schema)
                        .build()) {
            rows.read(new GroupRows(schema, writer));
        }
    }

    static MessageType schema() {
        Types.MessageTypeBuilder builder = Types.buildMessage();
        builder.required(PrimitiveTypeName.INT64)
                .as(LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.NANOS))
                .named("time");
        for (AccessLogField field : AccessLogField.values()) {
            if (field == AccessLogField.STATUS || field == AccessLogField.BYTES) {
                builder.optional(PrimitiveTypeName.INT64).named(field.fieldName());
            } else {
                builder.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(field.fieldName());
            }
        }
        return builder.named("rows");
    }
}
