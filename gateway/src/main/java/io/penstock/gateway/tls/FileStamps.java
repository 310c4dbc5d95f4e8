package io.penstock.gateway.tls;

import io.penstock.model.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * By what it is seen that one of some files is another: time, size and inode, of what symbolic
 * links point to (Kubernetes renews secrets by turning a link).
 *
 * <p>Threading: immutable; {@link #of} blocks.
 */
record FileStamps(List<String> stamps) {
    static FileStamps of(Tls tls) {
        List<String> stamps = new ArrayList<>();
        for (String file : List.of(tls.certFile(), tls.keyFile(), tls.caFile())) {
            stamps.add(file.isEmpty() ? "" : stamp(Path.of(file)));
        }
        return new FileStamps(stamps);
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.lastModifiedTime().toMillis() + " " + now.size() + " " + now.fileKey();
        } catch (IOException unreadable) {
            return "unreadable"; // reading it says why
        }
    }
}
