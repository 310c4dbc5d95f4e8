package io.penstock.perf.bench;

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
 * What a sink that looks inside pays per batch: decode NATIVE records of twelve fields and write
 * them as lines of JSON. Operations per second times 302 (64 KiB) is records per second of one
 * core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class NdjsonBench {
    private static final long ARRIVED_MS = 1_700_000_000_000L;

    /** Size of the batch as staged. */
    @Param({"64KiB", "1rec"})
    public String batch;

    private final RecordReader reader = new RecordReader();
    private final WriteBuffer out = new WriteBuffer(1 << 20);
    private final NdjsonWriter writer = new NdjsonWriter(out);
    private byte[] bytes;

    /** Makes the batch. */
    @Setup
    public void makeBatch() {
        Batch made = AccessLogBatches.of(BatchSize.of(batch), 1, 1).get(0);
        bytes = made.bytes();
    }

    /** One batch; answers the bytes written. */
    @Benchmark
    public int decodeAndWrite() {
        out.clear();
        reader.wrap(Encoding.NATIVE, bytes, 0, bytes.length, ARRIVED_MS).read(writer);
        return out.length();
    }
}
