package io.penstock.cluster.member;

import io.penstock.cluster.Version;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Bytes under a version, as all levels keep a table. On the wire and in the shared cache: epoch and
 * sequence as two big-endian longs, then the bytes. So that any member can tell which of two is
 * newer without knowing what they hold.
 *
 * <p>Threading: immutable, as long as nobody changes the bytes.
 */
public final class VersionedBytes {
    /** Bytes before the content. */
    public static final int PREFIX_BYTES = 2 * Long.BYTES;

    private final Version version;
    private final byte[] content;

    /** Keeps the array, without copying it. */
    public VersionedBytes(Version version, byte[] content) {
        this.version = version;
        this.content = content;
    }

    /**
     * What {@link #toBytes} made; empty when it is too short or its version has a negative part.
     */
    public static Optional<VersionedBytes> of(byte[] bytes) {
        if (!wellFormed(bytes)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Version version = new Version(in.getLong(), in.getLong());
        byte[] content = new byte[in.remaining()];
        in.get(content);
        return Optional.of(new VersionedBytes(version, content));
    }

    /** The version of what {@link #toBytes} made; {@link Version#NONE} of anything else. */
    public static Version versionOf(byte[] bytes) {
        if (!wellFormed(bytes)) {
            return Version.NONE;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Version(in.getLong(), in.getLong());
    }

    private static boolean wellFormed(byte[] bytes) {
        if (bytes.length < PREFIX_BYTES) {
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return in.getLong(0) >= 0 && in.getLong(Long.BYTES) >= 0;
    }

    /** Prefix and content. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(PREFIX_BYTES + content.length)
                .putLong(version.epoch())
                .putLong(version.sequence())
                .put(content)
                .array();
    }

    /** Under which version. */
    public Version version() {
        return version;
    }

    /** The array itself. */
    public byte[] content() {
        return content;
    }
}
