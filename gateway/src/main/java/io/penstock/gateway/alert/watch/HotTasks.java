package io.penstock.gateway.alert.watch;

import com.sun.management.OperatingSystemMXBean;
import io.penstock.gateway.alert.Condition;
import io.penstock.gateway.alert.Readings;
import io.penstock.gateway.alert.Readings.Words;
import io.penstock.gateway.alert.Subject;
import io.penstock.gateway.history.Round;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * How much of this node's CPU each export takes: the share of the machine's cores (of the
 * container, where there is one) that is busy, times the export's part of the bytes that the node
 * delivers. The scheduler reckons alike: it weighs tasks by their bytes.
 *
 * <p>Threading: one round at a time.
 */
final class HotTasks {
    /** Averaged over about this, since a single second says little. */
    private static final double SMOOTH_MS = 30_000;

    private static final int BYTES = Round.EXPORT.indexOf("delivered_bytes_per_s");
    private static final double FAINT_BYTES = 1;

    private final DoubleSupplier busyShare;
    private final Fading busy = new Fading(SMOOTH_MS);
    private final Fading rounds = new Fading(SMOOTH_MS);
    private final Map<String, Fading> bytes = new HashMap<>();

    /** Of this machine. */
    HotTasks() {
        this(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getCpuLoad);
    }

    /**
     * Of some machine.
     *
     * @param busyShare 0 to 1; less than 0 where it is not known
     */
    HotTasks(DoubleSupplier busyShare) {
        this.busyShare = busyShare;
    }

    void read(Round round, Readings into) {
        into.cover(Condition.HOT_TASK);
        long nowMs = round.timeMs();
        busy.add(Math.max(0, busyShare.getAsDouble()), nowMs);
        rounds.add(1, nowMs);
        round.perSecond()
                .forEach(
                        (key, moved) -> {
                            if (!key.endsWith("/") && moved[BYTES] > 0) {
                                bytes.computeIfAbsent(key, k -> new Fading(SMOOTH_MS))
                                        .add(moved[BYTES], nowMs);
                            }
                        });
        bytes.values().removeIf(each -> each.at(nowMs) < FAINT_BYTES);
        double all = bytes.values().stream().mapToDouble(each -> each.at(nowMs)).sum();
        double node = 100 * busy.at(nowMs) / rounds.at(nowMs);
        bytes.forEach(
                (key, each) -> {
                    double part = each.at(nowMs) / all;
                    int slash = key.indexOf('/');
                    into.add(
                            Condition.HOT_TASK,
                            new Subject(key.substring(0, slash), key.substring(slash + 1)),
                            node * part,
                            Words.of(() -> why(node, part)));
                });
    }

    private static String why(double node, double part) {
        return String.format(
                Locale.ROOT,
                "%.0f %% of the node's CPU is busy, and %.0f %% of what it delivers is of this"
                        + " export",
                node,
                100 * part);
    }
}
