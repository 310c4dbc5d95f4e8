package io.penstock.perf.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** One request over HTTP/1.1, head and body in one buffer. */
final class Http1Exchange extends Exchange {
    private final ByteBuffer request;
    private final int sequenceAt;

    Http1Exchange(Wire wire, Target target, long producer, Batch batch) {
        super(wire, batch);
        String before =
                "POST "
                        + target.path()
                        + " HTTP/1.1\r\n"
                        + "Host: "
                        + target.authority()
                        + "\r\n"
                        + "Content-Type: application/x-protobuf\r\n"
                        + "Content-Length: "
                        + batch.bytes().length
                        + "\r\n"
                        + "Penstock-Ack: "
                        + target.ackWord()
                        + "\r\n"
                        + "Penstock-Producer: "
                        + String.format("%016x", producer)
                        + "\r\n"
                        + "Penstock-Sequence: ";
        String after = "0".repeat(Digits.DECIMAL_WIDTH) + "\r\n\r\n";
        sequenceAt = before.length();
        request =
                ByteBuffer.allocateDirect(before.length() + after.length() + batch.bytes().length);
        request.put(before.getBytes(US_ASCII)).put(after.getBytes(US_ASCII)).put(batch.bytes());
        request.limit(0);
    }

    @Override
    void rewrite(long next) {
        request.clear();
        Digits.decimal(request, sequenceAt, next);
    }

    @Override
    ByteBuffer request() {
        return request;
    }
}
