package io.penstock.perf.bench;

import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.transform.Transforms;
import io.penstock.exporter.transform.Verdicts;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigLoader;
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
 * What transforms add to the decoding of a batch of NATIVE records of twelve fields. Operations per
 * second times 302 is records per second of one core; {@code steps=none} is decoding alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class TransformBench {
    private static final long ARRIVED_MS = 1_700_000_000_000L;

    /** The steps, as in a configuration. */
    @Param({
        "none",
        "{filter: status >= 500 and method != 'HEAD' or duration_us > 2900000}",
        "{filter: user_agent =~ 'Googlebot'}",
        "{keep: [path, status, user_agent]}",
        "{drop: [referer, host]}",
        "{rename: {remote_addr: client, path: url}}",
        "{filter: status < 500}, {drop: [referer]}, {rename: {path: url}}, {add: {env: prod}}"
    })
    public String steps;

    private final RecordReader reader = new RecordReader();
    private final NullVisitor target = new NullVisitor();
    private Transforms transforms;
    private byte[] bytes;

    /** Makes the batch and compiles the steps. */
    @Setup
    public void prepare() throws ConfigException {
        Batch made = AccessLogBatches.of(BatchSize.of("64KiB"), 1, 1).get(0);
        bytes = made.bytes();
        String list = steps.equals("none") ? "" : steps;
        String config =
                "exports: [{name: x, repo: x, sink: {type: blackhole}, transforms: ["
                        + list
                        + "]}]";
        transforms =
                Transforms.compile(
                        new ConfigLoader(SinkRegistry.onClassPath(), name -> null)
                                .parse("bench", config)
                                .exports()
                                .get(0)
                                .transforms());
    }

    /** One batch to a target that does nothing. */
    @Benchmark
    public long transform() {
        reader.wrap(Encoding.NATIVE, bytes, 0, bytes.length, ARRIVED_MS)
                .read(transforms.into(target));
        return target.heard;
    }

    /** One batch judged before it is sent, as deliveries of exports with filters are. */
    @Benchmark
    public int judge() {
        Verdicts verdicts = new Verdicts();
        reader.wrap(Encoding.NATIVE, bytes, 0, bytes.length, ARRIVED_MS)
                .read(transforms.judge(verdicts));
        return verdicts.records();
    }
}
