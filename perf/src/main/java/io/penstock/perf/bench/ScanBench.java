package io.penstock.perf.bench;

import io.penstock.exporter.record.BatchScan;
import io.penstock.exporter.record.ByteChunks;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.perf.load.AccessLogBatches;
import io.penstock.perf.load.BatchSize;
import io.penstock.perf.wire.Batch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The look that admission takes into a batch, over chunks as HTTP/2 delivers them. Operations per
 * second times the batch's bytes is the speed; nothing should be allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class ScanBench {
    private static final int FRAME_BYTES = 16 << 10;
    private static final int MAX_RECORD_BYTES = 1 << 20;

    /** Size of the batch as it arrives when NATIVE. */
    @Param({"1rec", "64KiB", "256KiB"})
    public String batch;

    /** How its records are written. */
    @Param({"NATIVE", "NDJSON"})
    public Encoding encoding;

    private final ByteChunks chunks = new ByteChunks();
    private final BatchScan scan = new BatchScan(MAX_RECORD_BYTES);
    private byte[] bytes;

    /** Makes the batch. */
    @Setup
    public void makeBatch() {
        Batch made = AccessLogBatches.of(BatchSize.of(batch), 1, 1).get(0);
        bytes = made.bytes();
        if (encoding == Encoding.NDJSON) {
            WriteBuffer out = new WriteBuffer(0);
            RecordReader reader = new RecordReader();
            reader.wrap(Encoding.NATIVE, bytes, 0, bytes.length, 0).read(new NdjsonWriter(out));
            bytes = out.toByteArray();
        }
    }

    /** Chunks together, and the scan over them. */
    @Benchmark
    public int scan() {
        chunks.clear();
        for (int at = 0; at < bytes.length; at += FRAME_BYTES) {
            chunks.add(bytes, at, Math.min(FRAME_BYTES, bytes.length - at));
        }
        return scan.scan(encoding, chunks, 0, bytes.length);
    }
}
