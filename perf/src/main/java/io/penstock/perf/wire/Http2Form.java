package io.penstock.perf.wire;

import java.io.ByteArrayOutputStream;

/**
 * The parts of a request over HTTP/2: headers that the connection has in common, headers of this
 * exchange, body, and where the sequence stands in one of the last two.
 *
 * @param common headers of every request of the connection
 * @param own headers of this exchange; a sequence of {@link Digits#DECIMAL_WIDTH} digits at the end
 *     when {@code sequenceInBody} is negative
 * @param body message or plain body
 * @param sequenceInBody offset of a padded varint in the body, or -1
 */
record Http2Form(Hpack common, byte[] own, byte[] body, int sequenceInBody) {

    static Http2Form grpc(Target target, long producer, Batch batch) {
        PushBody body = PushBody.of(target, producer, batch);
        Hpack common =
                started(target, "/penstock.ingest.v1.IngestService/Push")
                        .fixed(Hpack.NAME_CONTENT_TYPE, "application/grpc")
                        .fixed("te", "trailers");
        return new Http2Form(common, new byte[0], body.bytes(), body.sequenceAt());
    }

    static Http2Form post(Target target, long producer, Batch batch) {
        Hpack common =
                started(target, target.path())
                        .fixed(Hpack.NAME_CONTENT_TYPE, "application/x-protobuf")
                        .fixed("penstock-ack", target.ackWord());
        ByteArrayOutputStream own = new ByteArrayOutputStream();
        String length = Integer.toString(batch.bytes().length);
        own.writeBytes(Hpack.passing(Hpack.NAME_CONTENT_LENGTH, length));
        own.writeBytes(Hpack.passing("penstock-producer", String.format("%016x", producer)));
        own.writeBytes(Hpack.passing("penstock-sequence", "0".repeat(Digits.DECIMAL_WIDTH)));
        return new Http2Form(common, own.toByteArray(), batch.bytes(), -1);
    }

    private static Hpack started(Target target, String path) {
        return new Hpack()
                .fixed(Hpack.METHOD_POST)
                .fixed(Hpack.SCHEME_HTTP)
                .fixed(Hpack.NAME_PATH, path)
                .fixed(Hpack.NAME_AUTHORITY, target.authority())
                .fixed(Hpack.NAME_USER_AGENT, "penstock-perf");
    }
}
