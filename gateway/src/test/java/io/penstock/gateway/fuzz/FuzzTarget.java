package io.penstock.gateway.fuzz;

import io.penstock.exporter.batching.NamedBatches;
import io.penstock.exporter.bulk.BulkAction;
import io.penstock.exporter.bulk.BulkBody;
import io.penstock.exporter.lineprotocol.LineProtocol;
import io.penstock.exporter.lineprotocol.Precision;
import io.penstock.exporter.loki.PushProtobuf;
import io.penstock.exporter.loki.PushReader;
import io.penstock.exporter.otlp.OtlpJson;
import io.penstock.exporter.prometheus.WriteRequestReader;
import io.penstock.exporter.record.ByteChunks;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.snappy.SnappyInflater;
import io.penstock.gateway.grpc.GrpcFramer;
import io.penstock.gateway.ingest.Coding;
import io.penstock.gateway.ingest.Inflated;
import io.penstock.gateway.ingest.Unpacking;
import java.io.IOException;
import java.util.List;

/** What is fuzzed, and the law that each keeps. */
enum FuzzTarget {
    NATIVE,
    NDJSON,
    JSON,
    TEXT,
    OTLP_LOGS,
    OTLP_METRICS,
    OTLP_TRACES,
    OTLP_JSON,
    LINE_PROTOCOL,
    BULK,
    REMOTE_WRITE,
    LOKI,
    LOKI_PROTOBUF,
    SNAPPY,
    GZIP,
    ZSTD,
    GRPC_FRAMER,
    PUSH_REQUEST;

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_BATCHES = 64;

    /** Takes one input. */
    @FunctionalInterface
    interface Feed {
        /** How many records were accepted; throws when the law is broken. */
        long take(byte[] input) throws IOException;
    }

    Feed feed() {
        return switch (this) {
            case NATIVE -> batches(Encoding.NATIVE);
            case NDJSON -> batches(Encoding.NDJSON);
            case JSON -> batches(Encoding.JSON_ARRAY);
            case TEXT -> batches(Encoding.TEXT);
            case OTLP_LOGS -> batches(Encoding.OTLP_LOGS);
            case OTLP_METRICS -> batches(Encoding.OTLP_METRICS);
            case OTLP_TRACES -> batches(Encoding.OTLP_TRACES);
            case OTLP_JSON -> otlpJson();
            case LINE_PROTOCOL -> lines();
            case BULK -> bulk();
            case REMOTE_WRITE -> remoteWrite();
            case LOKI -> loki();
            case LOKI_PROTOBUF -> lokiProtobuf();
            case SNAPPY -> snappy();
            case GZIP -> inflater(Coding.GZIP);
            case ZSTD -> inflater(Coding.ZSTD);
            case GRPC_FRAMER -> framer();
            case PUSH_REQUEST -> envelope();
        };
    }

    private static Feed batches(Encoding encoding) {
        Decoded decoded = new Decoded();
        return input -> decoded.batch(encoding, input);
    }

    private static NamedBatches named() {
        return new NamedBatches(
                new NamedBatches.Limits(Decoded.MAX_RECORD_BYTES, MAX_BYTES, MAX_BATCHES));
    }

    private static long made(Decoded decoded, NamedBatches batches) {
        long told = batches.records();
        long found = 0;
        for (byte[] batch : batches.finish()) {
            found += decoded.made(Encoding.NDJSON, batch);
        }
        if (found != told) {
            throw new AssertionError(told + " told, " + found + " in the batches");
        }
        return found;
    }

    private static Feed lines() {
        Decoded decoded = new Decoded();
        Precision[] precisions = Precision.values();
        return input -> {
            NamedBatches batches = named();
            LineProtocol reader =
                    new LineProtocol(precisions[input.length % precisions.length], batches);
            reader.read(input, 0, input.length);
            if (reader.bad() > 0 == reader.faults().isEmpty()) {
                throw new AssertionError(reader.bad() + " bad lines without a fault");
            }
            return made(decoded, batches);
        };
    }

    private static Feed remoteWrite() {
        Decoded decoded = new Decoded();
        return input -> {
            NamedBatches batches = named();
            String fault = new WriteRequestReader(batches).read(input, input.length);
            return fault == null ? made(decoded, batches) : 0;
        };
    }

    private static Feed loki() {
        Decoded decoded = new Decoded();
        return input -> {
            NamedBatches batches = named();
            String fault = new PushReader(batches).readJson(input, input.length);
            return fault == null ? made(decoded, batches) : 0;
        };
    }

    private static Feed lokiProtobuf() {
        Decoded decoded = new Decoded();
        return input -> {
            NamedBatches batches = named();
            String fault = new PushProtobuf(batches).read(input, input.length);
            return fault == null ? made(decoded, batches) : 0;
        };
    }

    private static Feed bulk() {
        Decoded decoded = new Decoded();
        BulkBody body = new BulkBody(Decoded.MAX_RECORD_BYTES);
        return input -> {
            if (body.read(input, 0, input.length, "") != null) {
                return 0;
            }
            WriteBuffer lines = new WriteBuffer(input.length);
            long good = 0;
            for (BulkAction action : body.actions()) {
                if (action.op().staged() && action.fault() == null) {
                    lines.put(input, action.start(), action.end() - action.start());
                    lines.put((byte) '\n');
                    good++;
                }
            }
            long found = good == 0 ? 0 : decoded.made(Encoding.NDJSON, lines.toByteArray());
            if (found != good) {
                throw new AssertionError(good + " documents, " + found + " records");
            }
            return good;
        };
    }

    private static Feed otlpJson() {
        Decoded decoded = new Decoded();
        OtlpJson converter = new OtlpJson();
        Encoding[] signals = {Encoding.OTLP_LOGS, Encoding.OTLP_METRICS, Encoding.OTLP_TRACES};
        return input -> {
            Encoding signal = signals[input.length % signals.length];
            WriteBuffer protobuf = new WriteBuffer(input.length);
            if (converter.convert(signal, input, 0, input.length, protobuf) != null) {
                return 0;
            }
            return decoded.batch(signal, protobuf.toByteArray());
        };
    }

    private static Feed snappy() {
        return input -> {
            try {
                int length = SnappyInflater.inflate(input, input.length, MAX_BYTES).length;
                if (length > MAX_BYTES) {
                    throw new AssertionError(length + " bytes over the limit");
                }
                return 1;
            } catch (IOException refused) {
                return 0;
            }
        };
    }

    private static Feed inflater(Coding coding) {
        Unpacking unpacking = new Unpacking();
        Decoded decoded = new Decoded();
        return input -> {
            Inflated inflated = unpacking.inflate(coding, decoded.cut(input));
            ByteChunks bytes = inflated.bytes();
            if ((bytes == null) == (inflated.fault() == null)) {
                throw new AssertionError("bytes or a fault, not " + inflated);
            }
            if (bytes != null && bytes.length() > unpacking.maxBytes()) {
                throw new AssertionError(bytes.length() + " bytes over the limit");
            }
            return bytes == null ? 0 : 1;
        };
    }

    private static Feed framer() {
        GrpcFramer.Chunks heap =
                new GrpcFramer.Chunks() {
                    @Override
                    public ByteChunks borrow() {
                        return new ByteChunks();
                    }

                    @Override
                    public void giveBack(ByteChunks chunks) {
                        chunks.clear();
                    }
                };
        return input -> {
            GrpcFramer framer = new GrpcFramer(MAX_BYTES, heap);
            int at = 0;
            long framed = 0;
            long messages = 0;
            while (at < input.length && framer.fault() == null) {
                int piece = Math.min(input.length - at, 1 + Math.floorMod(input[at] * 7, 61));
                int taken = framer.feed(input, at, piece);
                if (taken < 0 || taken > piece || (taken == 0 && !framer.whole())) {
                    throw new AssertionError(taken + " of " + piece + " taken");
                }
                at += taken;
                if (framer.whole()) {
                    framed += GrpcFramer.PREFIX_BYTES + framer.take().length();
                    messages++;
                }
            }
            if (framed > at) {
                throw new AssertionError(framed + " bytes in messages, " + at + " were taken");
            }
            framer.drop();
            return messages;
        };
    }

    private static Feed envelope() {
        Unpacking unpacking = new Unpacking();
        Decoded decoded = new Decoded();
        return input -> {
            int[] batch = unpacking.batchOf(decoded.cut(input));
            if (batch[0] < 0) {
                return 0;
            }
            if (batch[0] + batch[1] > input.length) {
                throw new AssertionError("a batch goes beyond its request");
            }
            byte[] bytes = new byte[batch[1]];
            System.arraycopy(input, batch[0], bytes, 0, batch[1]);
            return decoded.batch(Encoding.NATIVE, bytes);
        };
    }

    /** Valid inputs to begin with. */
    List<byte[]> corpus() throws IOException {
        return Corpus.of(this);
    }
}
