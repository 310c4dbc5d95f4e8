package io.penstock.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.perf.load.LoadCounts;
import io.penstock.perf.side.Ledger;
import io.penstock.perf.side.ProcFs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcLogTest {
    private static final String LOG =
            """
            [0.006s] Using Parallel
            [1.201s] GC(0) Pause Young (Allocation Failure) 64M->5M(245M) 4.121ms
            [1.302s] GC(1) Pause Full (Metadata GC Threshold) 5M->4M(245M) 31.700ms
            [45.100s] GC(2) Pause Young (Allocation Failure) 68M->9M(246M) 2.002ms
            [61.500s] GC(3) Pause Full (Ergonomics) 200M->150M(256M) 120.123ms
            """;

    @TempDir private Path directory;

    @Test
    void fullCollectionsAfterTheBeginningAreCountedApart() throws Exception {
        Path file = Files.writeString(directory.resolve("gc.log"), LOG);

        GcLog log = GcLog.read(file, 30);

        assertThat(log.collections()).isEqualTo(4);
        assertThat(log.full()).isEqualTo(2);
        assertThat(log.fullLater()).isEqualTo(1);
        assertThat(log.longestPauseMs()).isEqualTo(120.123);
        assertThat(log.heapAfterMb()).isCloseTo(150 * 1.048576, within(0.001));
    }

    @Test
    void aSoakNamesEveryFault() {
        LoadCounts counts = new LoadCounts(10, 1000, 1, 5, 2);
        GcLog gc = new GcLog(9, 3, 1, 5, 5);
        ProcFs.Memory memory = new ProcFs.Memory(1, 1, 1);
        SoakResult bad = new SoakResult(1, counts, gc, memory, new Ledger(999, 9, 0, 0, 4));
        LoadCounts noFailures = new LoadCounts(10, 1000, 1, 5, 0);
        GcLog calm = new GcLog(9, 1, 0, 5, 5);
        SoakResult good =
                new SoakResult(1, noFailures, calm, memory, new Ledger(1000, 900, 100, 0, 0));

        assertThat(bad.faults())
                .hasSize(5)
                .anyMatch(fault -> fault.contains("1 full collections"))
                .anyMatch(fault -> fault.contains("2 requests failed"))
                .anyMatch(fault -> fault.contains("does not balance"))
                .anyMatch(fault -> fault.contains("1000 records acknowledged"))
                .anyMatch(fault -> fault.contains("nothing was parked"));
        assertThat(good.faults()).isEmpty();
    }
}
