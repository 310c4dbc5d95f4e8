package io.penstock.cluster.election;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where a voter keeps what it promised.
 *
 * <p>Threading: the member's thread, which waits for the disk.
 */
public interface VoterFile {

    /** What was written last; null if nothing ever was. */
    byte @Nullable [] read() throws IOException;

    /**
     * Replaces the content. When this returns it survives the loss of power; when it throws, the
     * content is the old one or the new one.
     */
    void write(byte[] content) throws IOException;
}
