package io.penstock.exporter.cursor;

import io.penstock.exporter.storage.MappedRegion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The part of a cursor's file that holds progress: two copies per take, written in turn.
 *
 * <p>Threading: guarded by the cursor.
 */
final class ProgressArea {
    private final MappedRegion region;
    private final byte[] scratch = new byte[CursorLayout.PROGRESS_BYTES];
    private final ByteBuffer view = ByteBuffer.wrap(scratch).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();

    ProgressArea(MappedRegion region) {
        this.region = region;
    }

    /**
     * Notes the progress of a run, in place of the note before the last one.
     *
     * @param serial one more than that of the run's last note; 1 for its first
     */
    void write(int slot, Run run, long serial, byte[] bytes) {
        view.putLong(CursorLayout.PROGRESS_SERIAL, serial);
        view.putLong(CursorLayout.PROGRESS_FIRST, run.first());
        view.putLong(CursorLayout.PROGRESS_END, run.end());
        view.putInt(CursorLayout.PROGRESS_RECORDS, run.contents().records());
        view.putInt(CursorLayout.PROGRESS_LENGTH, bytes.length);
        System.arraycopy(bytes, 0, scratch, CursorLayout.PROGRESS_BODY, bytes.length);
        int length = CursorLayout.PROGRESS_BODY + bytes.length;
        long sum = crc(length);
        int at = at(slot, serial);
        // keeps the other copy whole until this one is: its stores must not move behind these
        region.storeFence();
        region.put(at + Long.BYTES, scratch, Long.BYTES, length - Long.BYTES);
        region.putLongRelease(at + CursorLayout.PROGRESS_CRC, sum);
    }

    /** The latest note about a take. */
    RecordedProgress read(TakeRecord take) {
        RecordedProgress latest = RecordedProgress.none(RecordedProgress.Of.NOBODY);
        for (long copy = 0; copy < 2; copy++) {
            RecordedProgress read = read(at(take.slot(), copy), take);
            boolean nearer = read.of().compareTo(latest.of()) > 0;
            if (nearer || (read.of() == latest.of() && read.serial() > latest.serial())) {
                latest = read;
            }
        }
        return latest;
    }

    private RecordedProgress read(int at, TakeRecord take) {
        region.get(at, scratch, 0, CursorLayout.PROGRESS_BYTES);
        int length = view.getInt(CursorLayout.PROGRESS_LENGTH);
        boolean valid =
                length >= 0
                        && length <= CursorLayout.MAX_PROGRESS_BYTES
                        && view.getLong(CursorLayout.PROGRESS_SERIAL) > 0
                        && view.getLong(CursorLayout.PROGRESS_CRC)
                                == crc(CursorLayout.PROGRESS_BODY + length);
        if (!valid) {
            return RecordedProgress.none(RecordedProgress.Of.NOBODY);
        }
        boolean ours =
                view.getLong(CursorLayout.PROGRESS_FIRST) == take.first()
                        && view.getLong(CursorLayout.PROGRESS_END) == take.end();
        if (!ours) {
            return RecordedProgress.none(RecordedProgress.Of.ANOTHER_RUN);
        }
        return new RecordedProgress(
                RecordedProgress.Of.THIS_RUN,
                view.getInt(CursorLayout.PROGRESS_RECORDS),
                view.getLong(CursorLayout.PROGRESS_SERIAL),
                Arrays.copyOfRange(
                        scratch, CursorLayout.PROGRESS_BODY, CursorLayout.PROGRESS_BODY + length));
    }

    private long crc(int length) {
        crc.reset();
        crc.update(scratch, Long.BYTES, length - Long.BYTES);
        return crc.getValue();
    }

    private static int at(int slot, long serial) {
        int copy = (int) (serial & 1);
        return CursorLayout.PROGRESS_AT + (2 * slot + copy) * CursorLayout.PROGRESS_BYTES;
    }
}
