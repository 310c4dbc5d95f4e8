package io.penstock.exporter.sink.otlp;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.body.Compressor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Makes requests of deliveries by putting the staged bytes of each signal one behind the other.
 *
 * <p>Threading: confined to one thread.
 */
final class OtlpRequests implements AutoCloseable {
    private static final byte PLAIN = 0;
    private static final byte COMPRESSED = 1;

    /** Flag and length, big endian ("gRPC over HTTP2", Length-Prefixed-Message). */
    private static final int PREFIX_BYTES = 5;

    private final Compressor compressor;
    private final boolean packed;
    private final boolean framed;
    private final long maxBodyBytes;
    private int record;

    /** What is wrong with the delivery in hand; empty for nothing. */
    private String fault = "";

    OtlpRequests(OtlpSinkConfig config) {
        compressor = config.compression().compressor();
        packed = config.compression() != Compression.NONE;
        framed = config.protocol() == OtlpProtocol.GRPC;
        maxBodyBytes = config.maxBodyBytes();
    }

    /** Bytes of one signal that are being gathered. */
    private static final class Gathered {
        final BitSet records = new BitSet();
        final Buffer bytes = Buffer.buffer();
    }

    /** The requests of a delivery; none when there is a {@link #fault}. */
    List<OtlpRequest> of(Delivery delivery) throws IOException {
        Map<Encoding, Gathered> bySignal = new EnumMap<>(Encoding.class);
        record = 0;
        fault = "";
        delivery.readRaw(
                (encoding, records, body, offset, length) -> {
                    if (encoding.isOtlp()) {
                        Gathered into = bySignal.computeIfAbsent(encoding, e -> new Gathered());
                        into.records.set(record, record + records);
                        into.bytes.appendBytes(body, offset, length);
                        check(into.bytes.length());
                    } else {
                        fault =
                                "records staged as "
                                        + encoding
                                        + ": an otlp sink hands on what came by OTLP, as it came";
                    }
                    record += records;
                });
        List<OtlpRequest> requests = new ArrayList<>();
        for (Map.Entry<Encoding, Gathered> each : bySignal.entrySet()) {
            if (fault.isEmpty()) {
                Gathered gathered = each.getValue();
                Buffer body = finished(gathered.bytes);
                requests.add(new OtlpRequest(each.getKey(), gathered.records, body));
            }
        }
        return fault.isEmpty() ? requests : List.of();
    }

    private void check(int bytes) {
        if (bytes > maxBodyBytes && fault.isEmpty()) {
            fault = "the request is over max_body_bytes, " + maxBodyBytes;
        }
    }

    /** What is wrong with the last delivery; empty for nothing. */
    String fault() {
        return fault;
    }

    private Buffer finished(Buffer plain) throws IOException {
        if (!packed && !framed) {
            return plain;
        }
        Buffer body = Buffer.buffer(plain.length() + PREFIX_BYTES);
        if (framed) {
            body.appendByte(packed ? COMPRESSED : PLAIN).appendInt(0);
        }
        if (packed) {
            byte[] bytes = plain.getBytes();
            compressor.start(body::appendBytes);
            compressor.write(bytes, 0, bytes.length);
            compressor.finish();
        } else {
            body.appendBuffer(plain);
        }
        if (framed) {
            body.setInt(1, body.length() - PREFIX_BYTES);
        }
        return body;
    }

    @Override
    public void close() {
        compressor.close();
    }
}
