package io.penstock.exporter.sink.file;

import io.penstock.exporter.sink.journal.JournalRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What holds of the newest journal generation, told from the journal and the part file.
 *
 * <table>
 *   <caption>Facts and decision</caption>
 *   <tr><td>no file record</td><td>nothing was written yet</td></tr>
 *   <tr><td>file record, its part file gone</td><td>published, or never made: all records hold</td></tr>
 *   <tr><td>part file, the last delivery whole</td><td>goes on behind it</td></tr>
 *   <tr><td>part file, last deliveries short or damaged</td><td>goes on behind the last whole one;
 *       the records behind that do not hold</td></tr>
 * </table>
 *
 * <p>Threading: immutable.
 *
 * @param file the last file record, or null
 * @param kept how many of the records hold
 * @param end bytes of the part file that hold
 * @param resumable whether the part file is there
 * @param unwritten whether nothing that holds was ever written to the file
 */
record Recovery(
        @Nullable JournalRecord file, int kept, long end, boolean resumable, boolean unwritten) {

    private static final int READ_BYTES = 256 * 1024;

    /** Looks; changes nothing. */
    static Recovery of(List<JournalRecord> records) throws IOException {
        int at = lastFile(records);
        if (at < 0) {
            return new Recovery(null, records.size(), 0, false, true);
        }
        JournalRecord file = records.get(at);
        Path part = Path.of(file.text());
        if (!Files.exists(part)) {
            boolean unwritten = at == records.size() - 1 && file.end() == 0;
            return new Recovery(file, records.size(), 0, false, unwritten);
        }
        try (FileChannel data = FileChannel.open(part, StandardOpenOption.READ)) {
            int kept = records.size();
            while (kept > at + 1 && !whole(data, records.get(kept - 2), records.get(kept - 1))) {
                kept--;
            }
            long end = Math.min(data.size(), records.get(kept - 1).end());
            return new Recovery(file, kept, end, true, end == 0);
        }
    }

    private static int lastFile(List<JournalRecord> records) {
        for (int i = records.size() - 1; i >= 0; i--) {
            if (records.get(i).kind() == JournalRecord.Kind.FILE) {
                return i;
            }
        }
        return -1;
    }

    private static boolean whole(FileChannel data, JournalRecord before, JournalRecord delivery)
            throws IOException {
        if (data.size() < delivery.end()) {
            return false;
        }
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
        long position = before.end();
        while (position < delivery.end()) {
            buffer.clear().limit((int) Math.min(READ_BYTES, delivery.end() - position));
            int read = data.read(buffer, position);
            if (read < 0) {
                return false;
            }
            crc.update(buffer.flip());
            position += read;
        }
        return (int) crc.getValue() == delivery.dataCrc();
    }
}
