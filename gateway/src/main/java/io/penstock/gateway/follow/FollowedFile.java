package io.penstock.gateway.follow;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file and how far it is read. Threading: the follower's thread. */
final class FollowedFile implements Closeable {
    /** Its name in the checkpoint. */
    final long number;

    final FileKey key;
    Path path;
    Mark head = Mark.NONE;
    Mark tail = Mark.NONE;

    /** Behind the last line that was cut out; always the beginning of a line. */
    long offset;

    /** Whether its bytes are not to be had any more: truncated, or not found after a restart. */
    boolean vanished;

    /** Whether a pattern finds it at present. */
    boolean matched;

    /** Size at the last look, and when it last changed. */
    long size = -1;

    long changedNs;

    /** Whether what there is shall go, even if it makes a small batch; set at each look. */
    boolean due = true;

    /** How far it was searched for the end of a line that is too long. */
    long searched;

    /** What was last complained about, so that it is said once. */
    String complaint = "";

    private @Nullable FileChannel channel;

    FollowedFile(long number, FileKey key, Path path) {
        this.number = number;
        this.key = key;
        this.path = path;
    }

    /**
     * Opens it under its name.
     *
     * @return whether the name still is that file's
     */
    boolean open() throws IOException {
        FileChannel opened = FileChannel.open(path, StandardOpenOption.READ);
        FileKey.Seen now = FileKey.look(path);
        if (now == null || !now.key().equals(key)) {
            opened.close();
            return false;
        }
        close();
        channel = opened;
        return true;
    }

    boolean isOpen() {
        return channel != null;
    }

    FileChannel channel() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IOException("not open");
        }
        return open;
    }

    /** Looks how large it is. */
    long look(long nowNs) throws IOException {
        long now = channel().size();
        if (now != size) {
            size = now;
            changedNs = nowNs;
        }
        return now;
    }

    byte[] read(long from, int bytes) throws IOException {
        return Mark.read(channel(), from, bytes);
    }

    /** Whether what was read is still what stands there. */
    boolean isTheSame() throws IOException {
        return channel().size() >= offset && head.isIn(channel()) && tail.isIn(channel());
    }

    /** Everything before {@code end} is cut out. Changes nothing when it fails. */
    void advance(long end) throws IOException {
        Mark before = Mark.tail(channel(), end);
        Mark first = head.isWhole() ? head : Mark.head(channel(), end);
        offset = end;
        searched = 0;
        tail = before;
        head = first;
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
