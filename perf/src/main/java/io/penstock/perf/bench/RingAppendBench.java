package io.penstock.perf.bench;

import io.penstock.exporter.ring.RingCursor;
import io.penstock.exporter.ring.Take;
import io.penstock.perf.load.BatchSize;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The ring by itself, its segments on the disk of the temporary directory: an append is claim,
 * copy, checksum, publish; a take with its commit is what fan-out adds. With {@code -prof gc} the
 * append should allocate nothing, and the take the same for any batch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class RingAppendBench {
    /** Size of the body. */
    @Param({"1rec", "64KiB", "256KiB"})
    public String batch;

    private BenchRing free;
    private BenchRing read;
    private RingCursor cursor;

    /** Opens two rings: one that nobody reads, so that its segments turn over by themselves. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        BatchSize size = BatchSize.of(batch);
        free = BenchRing.open(size);
        read = BenchRing.open(size);
        cursor = read.cursor();
    }

    /** Closes and removes them. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        free.close();
        read.close();
    }

    /** One append; answers the position. */
    @Benchmark
    public long append() {
        return free.append();
    }

    /** One append, and a take and commit of it; answers the position behind. */
    @Benchmark
    public long appendTakeCommit() {
        read.append();
        Take take = cursor.take(Integer.MAX_VALUE, Long.MAX_VALUE);
        if (take == null) {
            throw new IllegalStateException("what was appended is not there");
        }
        cursor.commit(take, take.records(), 0, 0);
        return take.end();
    }
}
