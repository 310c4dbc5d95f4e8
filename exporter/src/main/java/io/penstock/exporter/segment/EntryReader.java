package io.penstock.exporter.segment;

import io.penstock.exporter.storage.MappedRegion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A flyweight over one entry, and the judge of what its bytes are worth.
 *
 * <p>Bodies are checked through a copy on the heap: a checksum straight over mapped memory would
 * run in an intrinsic in which an I/O error of the disk kills the process.
 *
 * <p>Threading: confined to one thread.
 */
public final class EntryReader {
    private static final int SCRATCH_BYTES = 16 * 1024;
    private static final int CRC_BYTES = EntryFormat.HEADER_CRC - EntryFormat.KIND;

    private final byte[] bytes = new byte[EntryFormat.HEADER_BYTES];
    private final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();

    private Segment segment;
    private int offset;
    private long word;
    private CommitWord.Kind kind = CommitWord.Kind.NONE;
    private boolean headerGood;

    /** Made when the first body is checked: most readers never do. */
    private byte[] scratch = {};

    /** A reader that begins in some segment. */
    public EntryReader(Segment segment) {
        this.segment = segment;
    }

    /** Looks at the commit word only. Acquire; pairs with the release in {@link Segment}. */
    CommitWord.Kind look(Segment at, int offset) {
        this.segment = at;
        this.offset = offset;
        this.headerGood = false;
        this.word = at.region().getLongAcquire(offset);
        this.kind = CommitWord.kind(word, at.salt(), at.start() + offset);
        if (kind != CommitWord.Kind.NONE && CommitWord.bytes(word) > at.limit() - offset) {
            kind = CommitWord.Kind.NONE;
        }
        return kind;
    }

    /** Loads the header behind the word looked at; false when it is not to be trusted. */
    boolean loadHeader() {
        headerGood = false;
        if (segment.limit() - offset < EntryFormat.HEADER_BYTES) {
            return false;
        }
        MappedRegion region = segment.region();
        if (region.getLong(offset + EntryFormat.POSITION) != position()) {
            return false;
        }
        region.get(offset, bytes, 0, EntryFormat.HEADER_BYTES);
        crc.reset();
        crc.update(bytes, EntryFormat.KIND, CRC_BYTES);
        int bodyBytes = bodyBytes();
        headerGood =
                header.getInt(EntryFormat.HEADER_CRC) == (int) crc.getValue()
                        && bodyBytes >= 0
                        && EntryFormat.entryBytes(bodyBytes) <= segment.limit() - offset
                        && lengthAgrees(bodyBytes);
        return headerGood;
    }

    private boolean lengthAgrees(int bodyBytes) {
        return kind == CommitWord.Kind.NONE
                || EntryFormat.entryBytes(bodyBytes) == CommitWord.bytes(word);
    }

    /** Checks the whole entry; its header must be good. */
    public boolean bodyGood() {
        crc.reset();
        crc.update(bytes, EntryFormat.KIND, CRC_BYTES);
        int at = offset + EntryFormat.HEADER_BYTES;
        int end = at + bodyBytes();
        if (scratch.length == 0) {
            scratch = new byte[SCRATCH_BYTES];
        }
        while (at < end) {
            int piece = Math.min(scratch.length, end - at);
            segment.region().get(at, scratch, 0, piece);
            crc.update(scratch, 0, piece);
            at += piece;
        }
        return header.getInt(EntryFormat.ENTRY_CRC) == (int) crc.getValue();
    }

    CommitWord.Kind kind() {
        return kind;
    }

    /** Whether the last {@link #loadHeader} found a good one. */
    public boolean headerGood() {
        return headerGood;
    }

    /** Bytes that the entry or pad takes. */
    int bytes() {
        return kind == CommitWord.Kind.NONE
                ? (int) EntryFormat.entryBytes(bodyBytes())
                : CommitWord.bytes(word);
    }

    int offset() {
        return offset;
    }

    Segment segment() {
        return segment;
    }

    /** Position of the entry. */
    public long position() {
        return segment.start() + offset;
    }

    /** Length of the body. */
    public int bodyBytes() {
        return header.getInt(EntryFormat.BODY_BYTES);
    }

    /** Code of the body's encoding. */
    public byte encoding() {
        return header.get(EntryFormat.ENCODING);
    }

    /** Records in the body. */
    public int records() {
        return header.getInt(EntryFormat.RECORDS);
    }

    /** Producer, or 0. */
    public long producerId() {
        return header.getLong(EntryFormat.PRODUCER);
    }

    /** Sequence of the producer. */
    public long sequence() {
        return header.getLong(EntryFormat.SEQUENCE);
    }

    /** Time of arrival, milliseconds since the epoch. */
    public long arrivedMs() {
        return header.getLong(EntryFormat.ARRIVED_MS);
    }

    /** Bytes between the first entry of the put transaction and this one. */
    int runBack() {
        return header.getInt(EntryFormat.RUN_BACK) * EntryFormat.ALIGNMENT;
    }

    /** Copies the whole body. */
    public void copyBody(byte[] target, int targetOffset) {
        segment.region().get(offset + EntryFormat.HEADER_BYTES, target, targetOffset, bodyBytes());
    }
}
