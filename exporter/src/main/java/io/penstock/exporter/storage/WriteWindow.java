package io.penstock.exporter.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way into a file by calls to the system rather than through its mapping: gathered
 * here, written when the window is full or {@linkplain #flush flushed}. Both ways end in the same
 * pages, so what was flushed is seen through the mapping.
 *
 * <p>Why: a page that was forced is write-protected, and the first store to it through a mapping
 * costs a fault, some 1.4 s per GB where everything is forced; a call costs a fifth of it. On pages
 * that nobody forces a store is the cheaper one by far.
 *
 * <p>Use: {@link #open}, then puts at growing offsets; an earlier one is allowed inside the window
 * only, see {@link #holds}. One window serves all files of a thread, one after the other.
 *
 * <p>Threading: confined to one thread.
 */
public final class WriteWindow {
    /** Longer calls are no cheaper. */
    static final int CAPACITY = 256 << 10;

    private @Nullable ByteBuffer buffer;
    private @Nullable StorageFile file;

    // The window: bytes [start, start + filled) of the file.
    private int start;
    private int filled;

    /** Begins at an offset of a file; what an earlier use left unwritten is forgotten. */
    public void open(StorageFile target, int offset) {
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(CAPACITY);
        }
        file = target;
        start = offset;
        filled = 0;
    }

    /** Whether the byte at an offset is still here and may be put again. */
    public boolean holds(int offset) {
        return offset >= start && offset < start + filled;
    }

    /**
     * Fills up with zeros from behind the last byte to an offset.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public void skipTo(int offset) {
        while (start + filled < offset) {
            if (filled == CAPACITY) {
                flush();
            }
            bytes().put(filled++, (byte) 0);
        }
    }

    /**
     * Puts bytes behind the last ones, or over some of them.
     *
     * @throws UncheckedIOException when the file cannot be written
     * @throws IndexOutOfBoundsException when the offset lies before or behind the window
     */
    public void put(int offset, byte[] source, int sourceOffset, int length) {
        if (offset < start || offset > start + filled) {
            throw new IndexOutOfBoundsException(offset + " outside of " + start + "+" + filled);
        }
        int done = 0;
        while (done < length) {
            int at = offset + done - start;
            if (at == CAPACITY) {
                flush();
                at = 0;
            }
            int piece = Math.min(length - done, CAPACITY - at);
            bytes().put(at, source, sourceOffset + done, piece);
            filled = Math.max(filled, at + piece);
            done += piece;
        }
    }

    /**
     * Writes what is left.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public void flush() {
        StorageFile target = file;
        if (target == null) {
            throw new IllegalStateException("not open");
        }
        try {
            target.write(start, bytes().limit(filled).position(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            bytes().clear();
        }
        start += filled;
        filled = 0;
    }

    private ByteBuffer bytes() {
        ByteBuffer mine = buffer;
        if (mine == null) {
            throw new IllegalStateException("not open");
        }
        return mine;
    }
}
