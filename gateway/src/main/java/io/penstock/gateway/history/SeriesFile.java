package io.penstock.gateway.history;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file of one series: a header with its name, and a ring of cells, the cell of a slot at {@code
 * slot modulo} {@link #CELLS}. A cell is written over until its interval is over; one that a crash
 * tears fails its checksum and is a gap, and so is one of an earlier turn.
 *
 * <p>Threading: guarded by {@link Archive}; every method blocks.
 */
final class SeriesFile implements Closeable {
    /** Cells: 35 days. */
    static final int CELLS = (int) (Archive.DAYS * 86_400_000L / Archive.STEP_MS);

    /** Bytes of the header: two names of at most 255 bytes fit three times. */
    static final int HEADER_BYTES = 2_048;

    /** Most that a file has. */
    static final long BYTES = HEADER_BYTES + (long) CELLS * Cell.BYTES;

    /** "PSLS" and the version of the form. */
    private static final long MAGIC = 0x50534c53_00000001L;

    private final FileChannel channel;
    private final String repo;
    private final String export;

    private SeriesFile(FileChannel channel, String repo, String export) {
        this.channel = channel;
        this.repo = repo;
        this.export = export;
    }

    /** Begins a file; what was there before is gone. */
    static SeriesFile begin(Path path, String repo, String export) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(MAGIC);
            out.writeUTF(repo);
            out.writeUTF(export);
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.put(bytes.toByteArray());
        header.putInt(HEADER_BYTES - Integer.BYTES, crc(header));
        write(channel, header.position(0), 0);
        return new SeriesFile(channel, repo, export);
    }

    /** The file that is there; null for one whose header is not whole. */
    static @Nullable SeriesFile open(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        boolean whole = read(channel, header, 0) == HEADER_BYTES;
        if (!whole
                || header.getLong(0) != MAGIC
                || header.getInt(HEADER_BYTES - Integer.BYTES) != crc(header)) {
            channel.close();
            return null;
        }
        header.position(Long.BYTES);
        return new SeriesFile(channel, text(header), text(header));
    }

    private static String text(ByteBuffer header) {
        byte[] bytes = new byte[header.getShort() & 0xffff];
        header.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int crc(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().position(0).limit(HEADER_BYTES - Integer.BYTES));
        return (int) crc.getValue();
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long to = at;
        while (bytes.hasRemaining()) {
            to += channel.write(bytes, to);
        }
    }

    private static int read(FileChannel channel, ByteBuffer into, long at) throws IOException {
        int read = 0;
        while (into.hasRemaining()) {
            int some = channel.read(into, at + read);
            if (some < 0) {
                break;
            }
            read += some;
        }
        return read;
    }

    String repo() {
        return repo;
    }

    String export() {
        return export;
    }

    private static long at(long slot) {
        return HEADER_BYTES + Math.floorMod(slot, (long) CELLS) * Cell.BYTES;
    }

    void write(Cell cell) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Cell.BYTES);
        cell.put(bytes);
        write(channel, bytes.flip(), at(cell.slot()));
    }

    /** The cell of one slot; null where there is a gap. */
    @Nullable Cell read(long slot) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Cell.BYTES);
        boolean whole = read(channel, bytes, at(slot)) == Cell.BYTES;
        Cell cell = whole ? Cell.get(bytes, 0) : null;
        return cell != null && cell.slot() == slot ? cell : null;
    }

    /** The cells of slots from the first to the one before the last; gaps are left out. */
    List<Cell> read(long fromSlot, long toSlot) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) BYTES);
        int end = read(channel, all, 0);
        List<Cell> cells = new ArrayList<>();
        for (long slot = Math.max(fromSlot, toSlot - CELLS); slot < toSlot; slot++) {
            int start = (int) at(slot);
            Cell cell = start + Cell.BYTES <= end ? Cell.get(all, start) : null;
            if (cell != null && cell.slot() == slot) {
                cells.add(cell);
            }
        }
        return cells;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
