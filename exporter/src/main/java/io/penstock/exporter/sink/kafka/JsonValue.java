package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import java.util.Arrays;

/**
 * {@link KafkaFormat#JSON}: the record as an object.
 *
 * <p>Threading: confined to the sink's context.
 */
final class JsonValue implements ValueMaker {
    private static final int KEEP_BYTES = 256 << 10;

    private final WriteBuffer buffer = new WriteBuffer(1024);
    private final NdjsonWriter json = new NdjsonWriter(buffer);

    @Override
    public RecordVisitor visitor() {
        return json;
    }

    @Override
    public byte[] value() {
        byte[] value = Arrays.copyOf(buffer.array(), buffer.length() - 1); // without the line's end
        buffer.clear();
        return value;
    }

    @Override
    public void rest() {
        buffer.clear(KEEP_BYTES);
    }
}
