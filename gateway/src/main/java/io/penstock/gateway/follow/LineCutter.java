package io.penstock.gateway.follow;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Cuts whole lines out of a file, from where it is read. Threading: the follower's thread. */
final class LineCutter {
    /** Of a line that is too long, searched for its end in one go. */
    private static final int SEARCH_BYTES = 1 << 20;

    private final FollowSettings settings;

    LineCutter(FollowSettings settings) {
        this.settings = settings;
    }

    /** The next lines, or null while there is no whole one. */
    @Nullable Lines next(FollowedFile file, long nowNs) throws IOException {
        long available = file.look(nowNs) - file.offset;
        if (available <= 0) {
            return null;
        }
        if (file.searched > file.offset) {
            return endOfLong(file);
        }
        byte[] bytes = file.read(file.offset, (int) Math.min(available, settings.limit().bytes()));
        int end = endOfLines(bytes, settings.limit().records());
        if (end == 0 && available > bytes.length) {
            bytes = file.read(file.offset, (int) Math.min(available, settings.maxLineBytes() + 1L));
            end = endOfLines(bytes, 1);
        }
        if (end > 0) {
            return lines(file, bytes, end);
        }
        if (bytes.length > settings.maxLineBytes()) {
            file.searched = file.offset + bytes.length;
            return endOfLong(file);
        }
        long stillMs = TimeUnit.NANOSECONDS.toMillis(nowNs - file.changedNs);
        return stillMs >= settings.partialMs() ? lines(file, bytes, bytes.length) : null;
    }

    private static Lines lines(FollowedFile file, byte[] bytes, int end) {
        byte[] whole = end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
        return new Lines(file.offset, file.offset + end, whole);
    }

    /** Behind the last line feed of the first lines; 0 for none. */
    private static int endOfLines(byte[] bytes, int most) {
        int end = 0;
        int lines = 0;
        for (int i = 0; i < bytes.length && lines < most; i++) {
            if (bytes[i] == '\n') {
                end = i + 1;
                lines++;
            }
        }
        return end;
    }

    private static @Nullable Lines endOfLong(FollowedFile file) throws IOException {
        byte[] bytes = file.read(file.searched, SEARCH_BYTES);
        int end = endOfLines(bytes, 1);
        file.searched += end == 0 ? bytes.length : end;
        return end == 0 ? null : new Lines(file.offset, file.searched, null);
    }
}
