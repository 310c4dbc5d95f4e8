package io.penstock.exporter.sink.body;

import io.penstock.exporter.record.NativePieces;
import io.penstock.exporter.sink.Delivery;

/** {@link BodyFormat#PROTOBUF}. Threading: confined to one thread. */
final class ProtobufBody extends BodyWriter {

    private static final int CONTINUED = 0x80;

    private final NativePieces pieces = new NativePieces();

    @Override
    void body(Delivery delivery) {
        delivery.readRaw(
                (encoding, records, body, offset, length) ->
                        pieces.read(encoding, records, body, offset, length, this::frame));
    }

    private void frame(int records, byte[] body, int offset, int length) {
        varint(length);
        buffer.put(body, offset, length);
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
