package io.penstock.perf.wire;

import java.io.ByteArrayOutputStream;

/**
 * The parts of a request over HTTP/2: headers that the connection has in common, headers of this
 * exchange, body, and where the sequence stands in one of the last two.
 */
final class Http2Form {
    private final Hpack common;
    private final byte[] own;
    private final byte[] body;
    private final int sequenceInBody;
    private final boolean isSequenced;

    private Http2Form(
            Hpack common, byte[] own, byte[] body, int sequenceInBody, boolean isSequenced) {
        this.common = common;
        this.own = own;
        this.body = body;
        this.sequenceInBody = sequenceInBody;
        this.isSequenced = isSequenced;
    }

    static Http2Form of(Transport transport, Target target, long producer, Batch batch) {
        return switch (transport) {
            case GRPC -> grpc(target, producer, batch);
            case OTLP -> otlp(target, batch);
            case HTTP1, HTTP2 -> post(target, producer, batch);
        };
    }

    static Http2Form grpc(Target target, long producer, Batch batch) {
        PushBody body = PushBody.of(target, producer, batch);
        Hpack common =
                started(target, "/penstock.ingest.v1.IngestService/Push")
                        .fixed(Hpack.NAME_CONTENT_TYPE, "application/grpc")
                        .fixed("te", "trailers");
        return new Http2Form(common, new byte[0], body.bytes(), body.sequenceAt(), true);
    }

    private static Http2Form otlp(Target target, Batch batch) {
        Hpack common =
                started(target, "/opentelemetry.proto.collector.logs.v1.LogsService/Export")
                        .fixed(Hpack.NAME_CONTENT_TYPE, "application/grpc")
                        .fixed("te", "trailers")
                        .fixed("x-penstock-repo", target.repo());
        return new Http2Form(common, new byte[0], PushBody.message(batch.bytes()), -1, false);
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
        return new Http2Form(common, own.toByteArray(), batch.bytes(), -1, true);
    }

    /** Headers of every request of the connection. */
    Hpack common() {
        return common;
    }

    /**
     * Headers of this exchange; a sequence of {@link Digits#DECIMAL_WIDTH} digits at the end where
     * there is one and {@link #sequenceInBody} is negative.
     */
    byte[] own() {
        return own;
    }

    /** Message or plain body. */
    byte[] body() {
        return body;
    }

    /** Offset of a padded varint in the body, or -1. */
    int sequenceInBody() {
        return sequenceInBody;
    }

    /** Whether requests carry a sequence; those of OTLP do not. */
    boolean isSequenced() {
        return isSequenced;
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
