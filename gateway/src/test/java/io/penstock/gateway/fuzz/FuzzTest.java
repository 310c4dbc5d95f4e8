package io.penstock.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.penstock.exporter.record.Encoding;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The law of every decoder and ingress, for whatever bytes: no exception, an end within bounded
 * time, bounded memory, and no record accepted that is not decoded.
 *
 * <p>{@code -Dpenstock.fuzz.seconds=N} is the time for all targets together, {@code
 * -Dpenstock.fuzz.inputs=N} a number of inputs for each instead; {@code -Dpenstock.seed=S} repeats
 * a run, {@code -Dpenstock.fuzz.first=N} begins it at an input.
 *
 * <p>Run for long before it was first kept: 12.6 million inputs, 700,000 of each target, with seed
 * 20261128, 24.8 million with other seeds, and 170,000 requests by {@link IngressFuzzTest}. None
 * broke the law.
 */
class FuzzTest {
    private static final long SEED =
            Long.getLong("penstock.seed", System.nanoTime() & 0xffff_ffffL);
    private static final long FIRST = Long.getLong("penstock.fuzz.first", 0);
    private static final long INPUTS = Long.getLong("penstock.fuzz.inputs", 0);
    private static final long SECONDS = Long.getLong("penstock.fuzz.seconds", 24);

    /** CPU time that an input of 64 KiB at the most may take, before it counts as a hang. */
    private static final long MAX_CPU_MS = 1_000;

    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(MAX_CPU_MS);

    /** What an input may have allocated; the buffers of its reader are in it once. */
    private static final long FREE_BYTES = 24L << 20;

    private static final long BYTES_PER_BYTE = 512;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    void theLawHoldsForWhateverBytes(FuzzTarget target) throws Exception {
        List<byte[]> corpus = target.corpus();
        assertThat(corpus).as("corpus of " + target).isNotEmpty();
        FuzzTarget.Feed feed = target.feed();
        Mutator mutator = new Mutator(corpus, SEED);
        long endNs =
                System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS) / FuzzTarget.values().length;
        long number = FIRST;
        long accepted = 0;
        while (INPUTS > 0 ? number < FIRST + INPUTS : System.nanoTime() < endNs) {
            accepted += one(target, feed, mutator.input(number), number) > 0 ? 1 : 0;
            number++;
        }
        System.out.printf(
                "fuzz %s: %d inputs, %d with records, seed %d%n",
                target, number - FIRST, accepted, SEED);
        assertThat(accepted).as("inputs of which something was accepted").isPositive();
    }

    private static long one(FuzzTarget target, FuzzTarget.Feed feed, byte[] input, long number) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long beganNs = System.nanoTime();
        try {
            long records = feed.take(input.clone());
            long tookNs = System.nanoTime() - beganNs;
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            if (bytes > FREE_BYTES + BYTES_PER_BYTE * input.length) {
                throw new AssertionError(bytes + " bytes for " + input.length);
            }
            if (tookNs > LOOK_NS) {
                // The machine may have been busy: what counts is what the thread itself did.
                long cpuNs = THREADS.getCurrentThreadCpuTime();
                feed.take(input.clone());
                cpuNs = THREADS.getCurrentThreadCpuTime() - cpuNs;
                if (cpuNs > LOOK_NS) {
                    throw new AssertionError("took " + cpuNs + " ns");
                }
            }
            return records;
        } catch (Throwable broken) {
            throw new AssertionError(
                    "fuzz %s, seed %d, input %d: %s"
                            .formatted(
                                    target,
                                    SEED,
                                    number,
                                    Base64.getEncoder().encodeToString(input)),
                    broken);
        }
    }

    @Test
    void whatBreaksTheLawIsSeenAndTold() {
        byte[] input = {1, 2, 3};
        assertThatThrownBy(
                        () ->
                                one(
                                        FuzzTarget.BULK,
                                        bytes -> {
                                            throw new IndexOutOfBoundsException("planted");
                                        },
                                        input,
                                        5))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("fuzz BULK")
                .hasMessageContaining("input 5: AQID")
                .hasRootCauseMessage("planted");
        assertThatThrownBy(() -> one(FuzzTarget.BULK, bytes -> new byte[64 << 20].length, input, 5))
                .hasRootCauseInstanceOf(AssertionError.class)
                .rootCause()
                .hasMessageContaining("bytes for 3");
        byte[] noJson = "{\"a\":}\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> new Decoded().made(Encoding.NDJSON, noJson))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a door made what a scan refuses");
    }

    @Test
    void anInputIsMadeAgainFromSeedAndNumber() throws Exception {
        List<byte[]> corpus = FuzzTarget.BULK.corpus();
        for (long number = 0; number < 100; number++) {
            assertThat(new Mutator(corpus, 7).input(number))
                    .isEqualTo(new Mutator(corpus, 7).input(number));
        }
        assertThat(new Mutator(corpus, 7).input(99)).isNotEqualTo(new Mutator(corpus, 8).input(99));
    }
}
