package io.penstock.cluster.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.member.MachineUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineProbeTest {
    @TempDir private Path proc;

    @Test
    void ratesAreWhatWasCountedBetweenTwoLooks() throws Exception {
        write(1_000, 4_000, 100, 10_000, 50);
        MachineProbe probe = new MachineProbe(proc, 4);
        MachineUse first = probe.sample(0, 7);
        assertThat(first.busyCores()).isZero();
        assertThat(first.networkBytesPerS()).isZero();
        assertThat(first.memoryBytes()).isEqualTo(1_000L << 10);
        assertThat(first.availableBytes()).isEqualTo(400L << 10);
        assertThat(first.residentBytes()).isEqualTo(30L << 10);
        assertThat(first.freeDiskBytes()).isEqualTo(7);

        // 2 s on: 200 ticks busy of 800, 100 of them ours; 4000 bytes each way; 20 sectors each
        write(1_200, 4_600, 200, 14_000, 70);
        MachineUse second = probe.sample(2_000_000_000L, 7);
        assertThat(second.busyCores()).isCloseTo(1.0, Offset.offset(1e-9));
        assertThat(second.processCores()).isCloseTo(0.5, Offset.offset(1e-9));
        assertThat(second.networkBytesPerS()).isEqualTo(4_000);
        assertThat(second.diskBytesPerS()).isEqualTo(20 * 512);

        // counters that went back: another interface, another container
        write(1_100, 4_500, 10, 100, 5);
        MachineUse third = probe.sample(4_000_000_000L, 7);
        assertThat(third.busyCores()).isZero();
        assertThat(third.networkBytesPerS()).isZero();
        assertThat(third.diskBytesPerS()).isZero();
    }

    private void write(long busy, long idle, long own, long network, long sectors)
            throws IOException {
        Files.createDirectories(proc.resolve("self"));
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(
                proc.resolve("stat"),
                "cpu  %d 0 0 %d 0 0 0 0 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n".formatted(busy, idle));
        Files.writeString(
                proc.resolve("self/stat"),
                "12 (a ) b) S 1 1 1 0 -1 1 1 1 1 1 %d 0 0 0 20 0\n".formatted(own));
        Files.writeString(proc.resolve("self/status"), "Name:\tjava\nVmRSS:\t      30 kB\n");
        Files.writeString(proc.resolve("meminfo"), "MemTotal:  1000 kB\nMemAvailable:   400 kB\n");
        Files.writeString(
                proc.resolve("net/dev"),
                """
                Inter-|   Receive                            |  Transmit
                 face |bytes packets
                    lo: 999999 1 0 0 0 0 0 0 999999 1 0 0 0 0 0 0
                  eth0:%d 1 0 0 0 0 0 0 %d 1 0 0 0 0 0 0
                """
                        .formatted(network, network));
        String disk = "   8       %d %s 1 0 %d 0 1 0 %d 0 0 0 0\n";
        Files.writeString(
                proc.resolve("diskstats"),
                disk.formatted(0, "sda", sectors, sectors)
                        + disk.formatted(1, "sda1", sectors, sectors)
                        + disk.formatted(2, "dm-0", sectors, sectors));
    }

    @Test
    void whereThereIsNoProcEverythingIsNothing() {
        MachineUse use = new MachineProbe(proc.resolve("none"), 2).sample(1, 0);
        assertThat(use).isEqualTo(MachineUse.UNKNOWN);
    }

    @Test
    void thisMachineSaysSomething() {
        Path real = Path.of("/proc");
        Assumptions.assumeTrue(Files.exists(real.resolve("self/stat")), "no Linux");
        MachineProbe probe = new MachineProbe(real, Runtime.getRuntime().availableProcessors());
        MachineUse use = probe.sample(System.nanoTime(), 0);
        assertThat(use.memoryBytes()).isGreaterThan(use.availableBytes());
        assertThat(use.residentBytes()).isPositive();

        int looks = 200;
        long startNs = System.nanoTime();
        for (int i = 0; i < looks; i++) {
            probe.sample(System.nanoTime(), 0);
        }
        long eachUs = (System.nanoTime() - startNs) / looks / 1_000;
        System.out.println("MachineProbeTest: a look takes " + eachUs + " us");
        assertThat(eachUs).isLessThan(20_000);
    }
}
