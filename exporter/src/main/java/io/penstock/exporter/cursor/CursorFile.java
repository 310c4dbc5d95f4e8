package io.penstock.exporter.cursor;

import io.penstock.exporter.storage.MappedRegion;
import io.penstock.exporter.storage.Storage;
import io.penstock.exporter.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An open, mapped cursor file. Recording a take or a settlement is a few stores and makes no
 * object.
 *
 * <p>Threading: confined to one thread at a time; {@link #force} may run beside.
 */
public final class CursorFile {

    /** What an opened file turned out to be. */
    public enum Status {
        /** Cut short, wrong magic or checksum, or neither state line is valid. */
        DAMAGED,
        /** Of a later format. */
        NEWER,
        /** Valid. */
        GOOD
    }

    private final StorageFile file;
    private final MappedRegion region;
    private final byte[] scratch = new byte[CursorLayout.SLOT_BYTES];
    private final ByteBuffer view = ByteBuffer.wrap(scratch).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private final ProgressArea progress;
    private long serial;

    private CursorFile(StorageFile file) throws IOException {
        this.file = file;
        this.region = file.map();
        this.progress = new ProgressArea(region);
    }

    /** Makes a file; it is there under its name only when it is whole. */
    public static CursorFile create(Storage storage, Path path, long epoch, CursorLine line)
            throws IOException {
        return create(
                storage,
                path,
                made -> {
                    made.writeHeader(epoch);
                    made.region.putLong(CursorLayout.BEGAN_AT, line.position());
                    made.region.putLong(CursorLayout.BEGAN_CHECK_AT, ~line.position());
                    made.write(line);
                });
    }

    /**
     * The same content in the format of today, in place of a file of the format before; this one is
     * closed then. When that fails, this one stays as it is, open.
     */
    public CursorFile upgrade(Storage storage, Path path) throws IOException {
        CursorFile made =
                create(
                        storage,
                        path,
                        fresh -> {
                            fresh.writeHeader(epoch());
                            fresh.copy(this);
                        });
        close();
        made.line();
        return made;
    }

    private void copy(CursorFile old) {
        int length = CursorLayout.FILE_BYTES_WITHOUT_PROGRESS - CursorLayout.LINES_AT;
        byte[] content = new byte[length];
        old.region.get(CursorLayout.LINES_AT, content, 0, length);
        region.put(CursorLayout.LINES_AT, content, 0, length);
    }

    private static CursorFile create(Storage storage, Path path, Consumer<CursorFile> content)
            throws IOException {
        Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
        storage.delete(temporary);
        StorageFile file = storage.create(temporary, CursorLayout.FILE_BYTES);
        try {
            CursorFile made = new CursorFile(file);
            content.accept(made);
            file.force();
            storage.rename(temporary, path);
            storage.forceDirectory(path.toAbsolutePath().resolveSibling(""));
            return made;
        } catch (IOException e) {
            file.close();
            storage.delete(temporary);
            throw e;
        } catch (InternalError e) {
            file.close();
            throw new IOException("cannot write " + path, e);
        }
    }

    /** Opens a file; ask for its {@link #status} before anything else. */
    public static CursorFile open(Storage storage, Path path, Storage.Access access)
            throws IOException {
        StorageFile file = storage.open(path, access);
        try {
            CursorFile opened = new CursorFile(file);
            opened.line();
            return opened;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Whether it can be read. */
    public Status status() {
        if (region.capacity() < CursorLayout.FILE_BYTES_WITHOUT_PROGRESS
                || region.getLong(CursorLayout.MAGIC_AT) != CursorLayout.MAGIC
                || region.getLong(CursorLayout.HEADER_CRC_AT) != headerCrc()) {
            return Status.DAMAGED;
        }
        if (region.getLong(CursorLayout.VERSION_AT) > CursorLayout.VERSION) {
            return Status.NEWER;
        }
        boolean whole = isOfFormatBefore() || holdsProgress();
        return line() == null || !whole ? Status.DAMAGED : Status.GOOD;
    }

    /** Whether it is of the format before, which holds no progress. */
    public boolean isOfFormatBefore() {
        return region.getLong(CursorLayout.VERSION_AT) == CursorLayout.VERSION_WITHOUT_PROGRESS;
    }

    private boolean holdsProgress() {
        return !isOfFormatBefore() && region.capacity() >= CursorLayout.FILE_BYTES;
    }

    /** Epoch of the ring that it belongs to. */
    public long epoch() {
        return region.getLong(CursorLayout.EPOCH_AT);
    }

    /** Position at which it was made; -1 where that was not noted. */
    public long began() {
        long position = region.getLong(CursorLayout.BEGAN_AT);
        return region.getLong(CursorLayout.BEGAN_CHECK_AT) == ~position ? position : -1;
    }

    /** The latest valid state, or null when there is none. */
    public @Nullable CursorLine line() {
        if (region.capacity() < CursorLayout.FILE_BYTES_WITHOUT_PROGRESS) {
            return null;
        }
        CursorLine latest = null;
        serial = 0;
        for (int copy = 0; copy < 2; copy++) {
            region.get(lineAt(copy), scratch, 0, CursorLayout.LINE_CRC_AT + Long.BYTES);
            boolean valid = view.getLong(CursorLayout.LINE_CRC_AT) == crc(CursorLayout.LINE_CRC_AT);
            if (valid && view.getLong(0) > serial) {
                serial = view.getLong(0);
                latest =
                        new CursorLine(
                                view.getLong(8),
                                view.getLong(16),
                                view.getLong(24),
                                view.getLong(32),
                                view.getLong(40));
            }
        }
        return latest;
    }

    /** Makes a state the latest one. */
    public void write(CursorLine line) {
        serial++;
        view.putLong(0, serial);
        view.putLong(8, line.position());
        view.putLong(16, line.base());
        view.putLong(24, line.delivered());
        view.putLong(32, line.deadLettered());
        view.putLong(40, line.dropped());
        long sum = crc(CursorLayout.LINE_CRC_AT);
        int at = lineAt((int) (serial & 1));
        // keeps the other copy whole until this one is: its stores must not move behind these
        region.storeFence();
        region.put(at, scratch, 0, CursorLayout.LINE_CRC_AT);
        region.putLongRelease(at + CursorLayout.LINE_CRC_AT, sum);
    }

    /** Records a take that is about to be lent out. */
    public void writeOpen(int slot, long first, long end, long records) {
        int at = slotAt(slot);
        region.putLongRelease(at + CursorLayout.SLOT_WORD, 0);
        region.storeFence();
        region.putLong(at + CursorLayout.SLOT_FIRST, first);
        region.putLong(at + CursorLayout.SLOT_END, end);
        region.putLong(at + CursorLayout.SLOT_RECORDS, records);
        region.putLong(at + CursorLayout.SLOT_OFFERS, 1);
        turn(at, TakeRecord.State.OPEN);
    }

    /** Counts one more offer of a recorded take. */
    public void writeOffers(int slot, int offers) {
        region.putLong(slotAt(slot) + CursorLayout.SLOT_OFFERS, offers);
    }

    /** Records that a take is settled, while an earlier one is not. */
    public void writeCommitted(int slot, long delivered, long deadLettered, long dropped) {
        int at = slotAt(slot);
        region.putLong(at + CursorLayout.SLOT_DELIVERED, delivered);
        region.putLong(at + CursorLayout.SLOT_DEAD_LETTERED, deadLettered);
        region.putLong(at + CursorLayout.SLOT_DROPPED, dropped);
        turn(at, TakeRecord.State.COMMITTED);
    }

    /** Forgets a take. */
    public void free(int slot) {
        region.putLongRelease(slotAt(slot) + CursorLayout.SLOT_WORD, 0);
    }

    /**
     * Notes how far a run that is lent came; nothing in a file of the format before.
     *
     * @param serial one more than that of the run's last note; 1 for its first
     * @param bytes {@link CursorLayout#MAX_PROGRESS_BYTES} at the most
     */
    void writeProgress(Run run, long serial, byte[] bytes) {
        if (holdsProgress()) {
            progress.write(run.slot(), run, serial, bytes);
        }
    }

    /** What was noted about a take. */
    public RecordedProgress progress(TakeRecord take) {
        return holdsProgress()
                ? progress.read(take)
                : RecordedProgress.none(RecordedProgress.Of.NOBODY);
    }

    /** Every record of the file. */
    public List<TakeRecord> takes() {
        List<TakeRecord> takes = new ArrayList<>();
        for (int slot = 0; slot < CursorLayout.SLOTS; slot++) {
            takes.add(take(slot));
        }
        return takes;
    }

    private TakeRecord take(int slot) {
        int at = slotAt(slot);
        long word = region.getLong(at + CursorLayout.SLOT_WORD);
        return new TakeRecord(
                slot,
                state(at, word),
                region.getLong(at + CursorLayout.SLOT_FIRST),
                region.getLong(at + CursorLayout.SLOT_END),
                region.getLong(at + CursorLayout.SLOT_DELIVERED),
                region.getLong(at + CursorLayout.SLOT_DEAD_LETTERED),
                region.getLong(at + CursorLayout.SLOT_DROPPED),
                (int) region.getLong(at + CursorLayout.SLOT_OFFERS));
    }

    private TakeRecord.State state(int at, long word) {
        if (word == 0) {
            return TakeRecord.State.FREE;
        }
        if (word == word(at, TakeRecord.State.OPEN)) {
            return TakeRecord.State.OPEN;
        }
        if (word == word(at, TakeRecord.State.COMMITTED)) {
            return TakeRecord.State.COMMITTED;
        }
        return TakeRecord.State.DAMAGED;
    }

    private void turn(int at, TakeRecord.State state) {
        region.putLongRelease(at + CursorLayout.SLOT_WORD, word(at, state));
    }

    private long word(int at, TakeRecord.State state) {
        int covered =
                state == TakeRecord.State.COMMITTED
                        ? CursorLayout.SLOT_OFFERS
                        : CursorLayout.SLOT_DELIVERED;
        region.get(at, scratch, 0, covered);
        view.putLong(0, at);
        return ((long) state.code() << Integer.SIZE) | crc(covered);
    }

    /** Makes it survive a loss of power. Blocking. */
    public void force() throws IOException {
        file.force();
    }

    /** Unmaps and closes. */
    public void close() throws IOException {
        region.unmap();
        file.close();
    }

    private void writeHeader(long epoch) {
        region.putLong(CursorLayout.MAGIC_AT, CursorLayout.MAGIC);
        region.putLong(CursorLayout.VERSION_AT, CursorLayout.VERSION);
        region.putLong(CursorLayout.EPOCH_AT, epoch);
        region.putLong(CursorLayout.HEADER_CRC_AT, headerCrc());
    }

    private long headerCrc() {
        region.get(0, scratch, 0, CursorLayout.HEADER_CRC_AT);
        return crc(CursorLayout.HEADER_CRC_AT);
    }

    private long crc(int length) {
        crc.reset();
        crc.update(scratch, 0, length);
        return crc.getValue();
    }

    private static int lineAt(int copy) {
        return CursorLayout.LINES_AT + copy * CursorLayout.LINE_BYTES;
    }

    private static int slotAt(int slot) {
        return CursorLayout.SLOTS_AT + slot * CursorLayout.SLOT_BYTES;
    }
}
