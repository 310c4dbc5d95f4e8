package io.penstock.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.cluster.NodeId;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReportCodecTest {
    private static final NodeReport REPORT =
            report(
                    List.of(
                            load("busy", 100, 0),
                            load("idle but behind", 0, 10),
                            load("idle", 0, 0)));

    private static NodeReport report(List<ExportLoad> loads) {
        MachineUse use = new MachineUse(1.5, 0.25, 8L << 30, 4L << 30, 100L << 20, 1, 2, 3);
        return new NodeReport(new NodeId("n"), 3, 17, 1_000, "h:1", "h:2", use, loads);
    }

    private static ExportLoad load(String export, double bytesPerS, long lagBytes) {
        return new ExportLoad(new RepoName("r"), export, 1, bytesPerS, 2, lagBytes);
    }

    @Test
    void comesBackAsItWas() throws Exception {
        assertThat(ReportCodec.decode(ReportCodec.encode(REPORT))).isEqualTo(REPORT);
    }

    @Test
    void ofTooManyExportsThoseWithTheLeastLoadAreLeftOut() throws Exception {
        List<ExportLoad> loads = new ArrayList<>();
        for (int i = 0; i < NodeReport.MAX_EXPORTS + 10; i++) {
            loads.add(load("e" + i, i, 0));
        }
        NodeReport report = report(loads);
        assertThat(report.exports()).hasSize(NodeReport.MAX_EXPORTS);
        assertThat(report.exports().get(0).export()).isEqualTo("e1009");
        assertThat(ReportCodec.encode(report).length)
                .isLessThan(ClusterMessages.MAX_BODY_BYTES / 4);
        assertThat(ReportCodec.decode(ReportCodec.encode(report))).isEqualTo(report);
    }

    @Test
    void idleExportsForWhichThereIsNoRoomTakeTurnsAndTheBusiestAreInEveryReport() {
        List<ExportLoad> loads = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            loads.add(load("e" + i, i < 900 ? 1 + i : 0, 0));
        }
        Set<String> seen = new HashSet<>();
        // a leader reads every sixth report or so, and forgets after ten minutes
        for (int sequence = 1; sequence <= 750; sequence += 6) {
            NodeReport report =
                    new NodeReport(
                            new NodeId("n"), 3, sequence, 0, "", "", MachineUse.UNKNOWN, loads);
            assertThat(report.exports()).hasSize(NodeReport.MAX_EXPORTS).doesNotHaveDuplicates();
            assertThat(report.exports().get(0).export()).isEqualTo("e899");
            assertThat(report.exports().get(799).export()).isEqualTo("e100");
            report.exports().forEach(each -> seen.add(each.export()));
        }
        assertThat(seen).hasSize(5_000);
    }

    @Test
    void anotherFormatIsNamed() {
        byte[] newer = ReportCodec.encode(REPORT);
        newer[0] = 4;
        assertThatThrownBy(() -> ReportCodec.decode(newer))
                .isInstanceOf(IOException.class)
                .hasMessage("a report of format 4; known here is 3");
    }

    @Test
    void damageIsRefusedOrReadAndNothingElse() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("ReportCodecTest: -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole = ReportCodec.encode(REPORT);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ReportCodec.decode(cut)).isInstanceOf(IOException.class);
        }
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            refused += refuses(damaged) ? 1 : 0;
        }
        assertThat(refused).isBetween(1, 9_999);
    }

    private static boolean refuses(byte[] bytes) {
        try {
            ReportCodec.decode(bytes);
            return false;
        } catch (IOException refused) {
            return true;
        }
    }
}
