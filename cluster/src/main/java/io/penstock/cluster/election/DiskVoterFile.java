package io.penstock.cluster.election;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A voter's file on the local disk, which must not be shared or copied: written beside, forced,
 * renamed over the old one, and the directory forced. For its owner's eyes alone.
 *
 * <p>Threading: one thread.
 */
public final class DiskVoterFile implements VoterFile {
    /** Orders may hold secrets. */
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final Path temporary;

    /**
     * Of a path; nothing is opened yet.
     *
     * @param path of the file; its directory must exist
     */
    public DiskVoterFile(Path path) {
        this.path = path.toAbsolutePath();
        this.temporary = this.path.resolveSibling(path.getFileName() + ".tmp");
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        return Files.exists(path) ? Files.readAllBytes(path) : null;
    }

    @Override
    public void write(byte[] content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        temporary,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE),
                        OWNER_ONLY)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(
                temporary,
                path,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory =
                FileChannel.open(path.resolveSibling(""), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
