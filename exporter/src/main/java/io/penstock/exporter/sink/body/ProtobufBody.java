package io.penstock.exporter.sink.body;

import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.sink.Delivery;

/** {@link BodyFormat#PROTOBUF}. Threading: confined to one thread. */
final class ProtobufBody extends BodyWriter {

    private static final int CONTINUED = 0x80;

    /** Time of arrival that leaves the time of a record unstated. */
    private static final long UNSTATED = 0;

    private final RecordReader reader = new RecordReader();
    private final BatchBuilder builder = new BatchBuilder();

    @Override
    void body(Delivery delivery) {
        delivery.readRaw(this::frame);
    }

    private void frame(Encoding encoding, int records, byte[] body, int offset, int length) {
        if (encoding == Encoding.NATIVE) {
            varint(length);
            buffer.put(body, offset, length);
        } else {
            builder.resetFields();
            reader.wrap(encoding, body, offset, length, UNSTATED).read(builder);
            varint(builder.bytes());
            builder.writeTo(buffer);
        }
        written();
    }

    private void varint(int value) {
        int rest = value;
        while (rest >= CONTINUED) {
            buffer.put((byte) (rest | CONTINUED));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
    }
}
