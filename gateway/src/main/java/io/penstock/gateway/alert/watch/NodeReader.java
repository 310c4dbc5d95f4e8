package io.penstock.gateway.alert.watch;

import io.penstock.exporter.source.SourceStats;
import io.penstock.gateway.alert.Condition;
import io.penstock.gateway.alert.Readings;
import io.penstock.gateway.alert.Readings.Words;
import io.penstock.gateway.alert.Subject;
import io.penstock.gateway.tls.TlsPort;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.Locale;

/** Disk, certificates and sources, as readings. Threading: one round at a time; blocks. */
final class NodeReader {
    private static final double DAY_S = 86_400;
    private static final long DISK_MS = 10_000;

    private final WatchParts parts;
    private double diskPercent = -1;
    private long diskMs = Long.MIN_VALUE;

    NodeReader(WatchParts parts) {
        this.parts = parts;
    }

    void read(Readings into, long nowMs) {
        into.cover(Condition.STAGING_FULL);
        long maxBytes = parts.settings().stagingMaxBytes();
        double staged = 100.0 * parts.local().stages().stagedBytesUsed() / maxBytes;
        into.add(
                Condition.STAGING_FULL,
                Subject.NODE,
                staged,
                Words.of(() -> percent(staged) + " of staging.max_bytes is staged"));
        disk(into, nowMs);
        certificates(into, nowMs);
        sources(into);
    }

    private void disk(Readings into, long nowMs) {
        if (diskMs == Long.MIN_VALUE || nowMs < diskMs || nowMs - diskMs >= DISK_MS) {
            diskMs = nowMs;
            diskPercent = usedPercent();
        }
        if (diskPercent >= 0) {
            into.cover(Condition.DISK_FULL);
            into.add(
                    Condition.DISK_FULL,
                    Subject.NODE,
                    diskPercent,
                    Words.of(
                            () ->
                                    percent(diskPercent)
                                            + " of the file system of "
                                            + parts.settings().dataDirectory()
                                            + " is used"));
        }
    }

    private double usedPercent() {
        try {
            FileStore store = Files.getFileStore(parts.settings().dataDirectory());
            long bytes = store.getTotalSpace();
            return bytes <= 0 ? -1 : 100.0 * (bytes - store.getUsableSpace()) / bytes;
        } catch (IOException unknown) { // then nothing is said about it
            return -1;
        }
    }

    private void certificates(Readings into, long nowMs) {
        into.cover(Condition.CERTIFICATE);
        for (TlsPort port : parts.tls().on()) {
            if (port.endsAtSeconds() > 0) {
                double days = (port.endsAtSeconds() - nowMs / 1000.0) / DAY_S;
                into.add(
                        Condition.CERTIFICATE,
                        new Subject("", port.name()),
                        days,
                        Words.of(
                                () ->
                                        String.format(
                                                Locale.ROOT,
                                                "the certificate of %s ends in %.1f days",
                                                port.subject(),
                                                days)));
            }
        }
    }

    private void sources(Readings into) {
        into.cover(Condition.SOURCE_LAG);
        into.cover(Condition.SOURCE_TROUBLE);
        for (SourceStats source : parts.sources().get()) {
            Subject subject = new Subject(source.repo().value(), source.name());
            into.add(
                    Condition.SOURCE_LAG,
                    subject,
                    (double) source.lagRecords(),
                    Words.of(() -> source.lagRecords() + " records are not fetched yet"));
            into.add(
                    Condition.SOURCE_TROUBLE,
                    subject,
                    source.trouble().isEmpty() ? 0 : 1,
                    Words.of(source::trouble));
        }
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.0f %%", value);
    }
}
