package io.penstock.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That steps make no garbage per record: an object for each of 302 would be 4,800 bytes a batch.
 */
class TransformAllocationTest {
    private static final int BATCHES = 300;
    private static final long MOST_BYTES_PER_BATCH = 256;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{filter: \"status >= 500 and method != 'HEAD' or path in ['/a', '/b']\"}",
                "{filter: user_agent =~ 'Googlebot'}",
                "{keep: [path, status, user_agent]}",
                "{drop: [referer, host]}",
                "{rename: {remote_addr: client, path: url}}",
                "{add: {env: prod, shard: 7}}",
                "{redact: {fields: [remote_addr]}}",
                "{sample: {fraction: 0.5}}",
                "{hash: {fields: [status], algorithm: sha256, key: salt}}"
            })
    void stepsAllocateNothingPerRecord(String steps) throws Exception {
        assertThat(perBatch(steps)).isLessThanOrEqualTo(perBatch("none") + MOST_BYTES_PER_BATCH);
    }

    private static long perBatch(String steps) throws Exception {
        TransformBench bench = new TransformBench();
        bench.steps = steps;
        bench.prepare();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(bench);
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        run(bench);
        return (threads.getThreadAllocatedBytes(thread) - before) / BATCHES;
    }

    private static void run(TransformBench bench) {
        for (int i = 0; i < BATCHES; i++) {
            bench.transform();
        }
    }
}
