package io.penstock.exporter.ring;

import io.penstock.exporter.storage.Storage;
import io.penstock.exporter.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * What need not be found out again by reading segments: written whole into a new file that takes
 * the place of the old one, when enough segments were filled, when the ring is opened and when it
 * is closed. Opening reads entries only from {@code position} on, so its time does not grow with
 * the backlog.
 *
 * <pre>
 *   magic | version | length of the rest | epoch | segment bytes | closed | boot id | position
 *   | reached | records | quarantined | producer windows below the position | CRC32C of all before
 * </pre>
 *
 * @param epoch drawn when the ring was made
 * @param segmentBytes length of its segments
 * @param closed whether this is the last thing that an orderly close wrote; {@code position} is the
 *     tail then
 * @param bootId run of the operating system under which it was written
 * @param position everything below is counted here and lies whole in the segments, or is settled
 * @param reached no position more than {@link RingMaintenance#MAX_UNCOUNTED} segments above was
 *     ever handed out
 * @param records records of all entries below the position, since the ring was made
 * @param quarantined damaged entries found so far
 * @param windows what {@link ProducerWindows#encode} made
 */
record RingSnapshot(
        long epoch,
        int segmentBytes,
        boolean closed,
        long bootId,
        long position,
        long reached,
        long records,
        long quarantined,
        ByteBuffer windows) {

    /** "PENSTSNP". */
    private static final long MAGIC = 0x50454E5354534E50L;

    private static final int VERSION = 1;
    private static final int PREFIX_BYTES = 16;
    private static final int FIELDS_BYTES = 56;
    private static final int CRC_BYTES = 4;

    /** Longest that is believed: the windows of the most producers. */
    private static final long MAX_BYTES =
            PREFIX_BYTES
                    + FIELDS_BYTES
                    + CRC_BYTES
                    + (long) RingConfig.MAX_PRODUCERS * (16L * ProducerWindows.WINDOW + 12);

    /** What a file turned out to be. */
    enum Status {
        MISSING,
        DAMAGED,
        NEWER,
        GOOD
    }

    /** A file, judged; the snapshot only when it is good. */
    record Read(Status status, RingSnapshot snapshot) {}

    private static final RingSnapshot NONE =
            new RingSnapshot(0, 0, false, 0, 0, 0, 0, 0, ByteBuffer.allocate(Integer.BYTES));

    /** Puts it into the place of the last one, durably. Blocking. */
    void write(Storage storage, Path path) throws IOException {
        byte[] bytes = encode();
        Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
        storage.delete(temporary);
        try (StorageFile file = storage.create(temporary, 0)) {
            file.write(0, bytes, 0, bytes.length);
            file.force();
        }
        storage.rename(temporary, path);
        storage.forceDirectory(path.toAbsolutePath().resolveSibling(""));
    }

    private byte[] encode() {
        int length = PREFIX_BYTES + FIELDS_BYTES + windows.remaining() + CRC_BYTES;
        ByteBuffer buffer = ByteBuffer.allocate(length);
        buffer.putLong(MAGIC).putInt(VERSION).putInt(length);
        buffer.putLong(epoch).putInt(segmentBytes).putInt(closed ? 1 : 0).putLong(bootId);
        buffer.putLong(position).putLong(reached).putLong(records).putLong(quarantined);
        buffer.put(windows.duplicate());
        buffer.putInt(crc(buffer.array(), buffer.position()));
        return buffer.array();
    }

    /** Reads and judges. Blocking. */
    static Read read(Storage storage, Path path) throws IOException {
        if (!storage.exists(path)) {
            return new Read(Status.MISSING, NONE);
        }
        byte[] bytes;
        try (StorageFile file = storage.open(path, Storage.Access.READ)) {
            bytes = new byte[(int) Math.min(MAX_BYTES, file.size())];
            if (file.read(0, bytes, 0, bytes.length) < PREFIX_BYTES + FIELDS_BYTES + CRC_BYTES) {
                return new Read(Status.DAMAGED, NONE);
            }
        }
        return decode(bytes);
    }

    private static Read decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long magic = buffer.getLong();
        int version = buffer.getInt();
        int length = buffer.getInt();
        if (magic != MAGIC
                || length != bytes.length
                || buffer.getInt(length - CRC_BYTES) != crc(bytes, length - CRC_BYTES)) {
            return new Read(Status.DAMAGED, NONE);
        }
        if (version > VERSION) {
            return new Read(Status.NEWER, NONE);
        }
        long epoch = buffer.getLong();
        int segmentBytes = buffer.getInt();
        boolean closed = buffer.getInt() == 1;
        long bootId = buffer.getLong();
        long position = buffer.getLong();
        long reached = buffer.getLong();
        long records = buffer.getLong();
        long quarantined = buffer.getLong();
        ByteBuffer windows = buffer.slice().limit(buffer.remaining() - CRC_BYTES);
        return new Read(
                Status.GOOD,
                new RingSnapshot(
                        epoch,
                        segmentBytes,
                        closed,
                        bootId,
                        position,
                        reached,
                        records,
                        quarantined,
                        windows));
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
