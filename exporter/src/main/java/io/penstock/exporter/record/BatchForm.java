package io.penstock.exporter.record;

import org.jspecify.annotations.Nullable;

/**
 * Encodings whose scan and decoder live in a package of their own, above this one; found through
 * {@link java.util.ServiceLoader}, so it needs a public constructor without parameters.
 *
 * <p>Threading: {@link #knows}, {@link #decoder} and {@link #scan} may be called from any thread;
 * what they make is confined to one.
 */
public interface BatchForm {

    /** Whether this is where an encoding is known. */
    boolean knows(Encoding encoding);

    /** A new decoder. */
    BatchDecoder decoder(Encoding encoding);

    /**
     * A new scan.
     *
     * @param maxRecordBytes largest record that may pass, in bytes as it arrived
     */
    Scan scan(Encoding encoding, int maxRecordBytes);

    /** The look that admission takes into a batch of one encoding. */
    interface Scan {

        /**
         * Scans the range that the cursor of {@code chunks} is on; the number of records, or -1.
         */
        int scan(ByteChunks chunks);

        /** What the last scan found wrong, or null. */
        @Nullable BatchFault fault();
    }
}
