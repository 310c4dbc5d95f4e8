package io.penstock.exporter.sink.file;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.body.BodyWriter;
import io.penstock.exporter.sink.body.Compressor;
import io.penstock.exporter.sink.journal.DeliveryHash;
import io.penstock.exporter.sink.journal.Journal;
import io.penstock.exporter.sink.journal.JournalRecord;
import io.penstock.exporter.storage.DiskStorage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The journal and the file in hand: appends deliveries, publishes files. Opening it recovers what a
 * crash or an error left; after an exception it must be closed and opened again.
 *
 * <p>Threading: confined to one thread at a time.
 */
final class RollingFiles implements Closeable {

    private final FileNames names;
    private final FsyncPolicy fsync;
    private final BodyWriter body;
    private final Compressor compressor;
    private final Journal journal;
    // The last file record; its path is the file in hand, or one that has been published, or, when
    // nothing was written to it, the one to be made next.
    private @Nullable JournalRecord last;
    private boolean lastUnwritten;
    private @Nullable PartFile inHand;
    private long openedMs;

    /** Where files go and how. */
    record Settings(
            FileNames names, FsyncPolicy fsync, Path journalDirectory, int idsPerGeneration) {}

    RollingFiles(Settings settings, BodyWriter body, Compressor compressor) throws IOException {
        this.names = settings.names();
        this.fsync = settings.fsync();
        this.body = body;
        this.compressor = compressor;
        boolean forced = fsync == FsyncPolicy.DELIVERY;
        Files.createDirectories(names.directory());
        journal =
                new Journal(
                        new DiskStorage(),
                        settings.journalDirectory(),
                        forced,
                        settings.idsPerGeneration());
        try {
            recover(forced);
        } catch (IOException failed) {
            close();
            throw failed;
        }
    }

    private void recover(boolean forced) throws IOException {
        Recovery found = Recovery.of(journal.recovered());
        JournalRecord file = found.file();
        if (file != null && found.resumable()) {
            PartFile part = PartFile.resume(Path.of(file.text()), found.end());
            inHand = part;
            if (forced) {
                part.force();
            }
        }
        journal.settle(found.kept());
        if (file == null) {
            return;
        }
        last = file;
        lastUnwritten = found.unwritten();
        openedMs = file.second();
        if (lastUnwritten || !isNamedAsNow(file)) {
            publish();
        }
    }

    /** Whether a file of the settings that hold now would have this name. */
    private boolean isNamedAsNow(JournalRecord file) {
        return names.part(file.first(), file.second()).toString().equals(file.text());
    }

    /** Whether the delivery is in a file already. */
    boolean contains(DeliveryHash id) {
        return journal.contains(id);
    }

    /** When the file in hand was begun, epoch milliseconds; -1 when there is none. */
    long openedMs() {
        return inHand == null ? -1 : openedMs;
    }

    /** Bytes in the file in hand; 0 when there is none. */
    long bytes() {
        return inHand == null ? 0 : inHand.end();
    }

    /**
     * Writes a delivery whole.
     *
     * @throws io.penstock.exporter.record.MalformedBatchException when a record cannot be decoded;
     *     nothing was written then
     */
    void append(DeliveryHash id, Delivery delivery, long nowMs) throws IOException {
        PartFile part = inHand == null ? begin(nowMs) : inHand;
        long start = part.end();
        boolean written = false;
        try {
            part.mark();
            compressor.start(part::write);
            body.write(delivery, compressor);
            compressor.finish();
            written = true;
        } finally {
            if (!written) {
                part.cut(start);
            }
        }
        if (fsync == FsyncPolicy.DELIVERY) {
            part.force();
        }
        journal.append(JournalRecord.delivery(id, part.end(), part.crc()));
        lastUnwritten = false;
        if (journal.full()) {
            turn(part);
        }
    }

    private void turn(PartFile part) throws IOException {
        JournalRecord file = last;
        if (file != null) {
            JournalRecord resumed =
                    JournalRecord.file(file.first(), file.second(), part.end(), file.text());
            journal.turn(List.of(resumed));
            last = resumed;
        }
    }

    private PartFile begin(long nowMs) throws IOException {
        JournalRecord file = last;
        if (file == null || !lastUnwritten || !isNamedAsNow(file)) {
            file = record(file, nowMs);
            journal.append(file);
            last = file;
            lastUnwritten = true;
        }
        openedMs = nowMs;
        PartFile part = PartFile.create(Path.of(file.text()));
        inHand = part;
        Directories.force(names.directory(), fsync == FsyncPolicy.DELIVERY);
        return part;
    }

    private JournalRecord record(@Nullable JournalRecord before, long nowMs) {
        long sequence = before == null ? 1 : before.first() + 1;
        long namedMs = before == null ? nowMs : Math.max(nowMs, before.second());
        return JournalRecord.file(sequence, namedMs, 0, names.part(sequence, namedMs).toString());
    }

    /** Publishes the file in hand, if there is one. */
    void publish() throws IOException {
        if (inHand != null) {
            inHand.publish(fsync != FsyncPolicy.NEVER);
            inHand = null;
        }
    }

    /** Forces the file in hand. */
    void force() throws IOException {
        if (inHand != null) {
            inHand.force();
        }
    }

    @Override
    public void close() throws IOException {
        try (journal) {
            if (inHand != null) {
                inHand.close();
            }
        }
    }
}
