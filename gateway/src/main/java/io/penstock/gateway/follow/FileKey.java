package io.penstock.gateway.follow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which file it is, whatever its name. */
record FileKey(long device, long inode) {

    /** A regular file, as it is found under a name. */
    record Seen(Path path, FileKey key, long bytes) {}

    /** The regular file under a name, links followed; null for what is none. */
    static @Nullable Seen look(Path path) throws IOException {
        Map<String, Object> found = Files.readAttributes(path, "unix:dev,ino,size,isRegularFile");
        return Boolean.TRUE.equals(found.get("isRegularFile"))
                ? new Seen(
                        path,
                        new FileKey(number(found, "dev"), number(found, "ino")),
                        number(found, "size"))
                : null;
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
