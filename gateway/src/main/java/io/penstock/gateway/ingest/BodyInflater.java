package io.penstock.gateway.ingest;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.penstock.exporter.record.ByteChunks;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Undoes gzip and zstd within limits: of bytes, of the ratio, and of the window that a zstd frame
 * may ask for. A bomb is given up as soon as it shows, at the most 64 KiB beyond a limit.
 *
 * <p>Threading: any thread; must not run on an event loop, as a full-size message takes 50 ms.
 */
final class BodyInflater {
    /** Messages inflated at once, over the whole node. */
    static final int THREADS = 2;

    /** Up to here a ratio means nothing: a few hundred equal records reach any. */
    static final int RATIO_FREE_BYTES = 1 << 20;

    private static final int PIECE_BYTES = 64 << 10;

    /** 8 MiB, what RFC 8878 asks decoders to support; larger ones are refused. */
    private static final int MAX_ZSTD_WINDOW_LOG = 23;

    private static final String NO_MEMBER =
            "gzip data: what follows the last member is the beginning of none";

    private final int maxBytes;
    private final int maxRatio;

    BodyInflater(IngressConfig config) {
        this.maxBytes = config.maxInflatedBytes();
        this.maxRatio = config.maxInflateRatio();
    }

    Inflated inflate(Coding coding, ByteChunks compressed) {
        compressed.range(0, compressed.length());
        try (InputStream stream = open(coding, new ChunkStream(compressed))) {
            Inflated done = drain(stream, coding, compressed.length());
            return done.fault() == null && stream instanceof Members members && members.hasRest()
                    ? Inflated.failed(Fault.of(FaultKind.MALFORMED, NO_MEMBER))
                    : done;
        } catch (EOFException ended) {
            // of a decoder that says no more than that
            return Inflated.failed(
                    Fault.of(FaultKind.MALFORMED, name(coding) + " data: ends too early"));
        } catch (IOException broken) {
            // The message of a decoder tells of the bytes and nothing of us; it may be missing.
            return Inflated.failed(
                    Fault.of(FaultKind.MALFORMED, name(coding) + " data: " + broken.getMessage()));
        }
    }

    private static InputStream open(Coding coding, InputStream raw) throws IOException {
        if (coding == Coding.GZIP) {
            return new Members(raw);
        }
        return new ZstdInputStreamNoFinalizer(raw).setLongMax(MAX_ZSTD_WINDOW_LOG);
    }

    private Inflated drain(InputStream stream, Coding coding, int compressedBytes)
            throws IOException {
        ByteChunks inflated = new ByteChunks();
        while (true) {
            byte[] piece = new byte[PIECE_BYTES];
            int length = stream.readNBytes(piece, 0, PIECE_BYTES);
            if (length == 0) {
                return Inflated.of(inflated);
            }
            inflated.add(
                    length < PIECE_BYTES / 2 ? Arrays.copyOf(piece, length) : piece, 0, length);
            if (inflated.length() > maxBytes) {
                return tooLarge(coding, "inflates to over " + maxBytes + " bytes, the limit");
            }
            if (inflated.length() > RATIO_FREE_BYTES
                    && inflated.length() / maxRatio > compressedBytes) {
                return tooLarge(
                        coding, "inflates to over " + maxRatio + " times its size, the limit");
            }
        }
    }

    private static Inflated tooLarge(Coding coding, String why) {
        return Inflated.failed(Fault.of(FaultKind.TOO_LARGE, name(coding) + " data " + why));
    }

    private static String name(Coding coding) {
        return coding == Coding.GZIP ? "gzip" : "zstd";
    }

    /**
     * Members of gzip. The JDK takes what does not begin like a member, or ends in the midst of a
     * head, for the end of all: a batch whose second half was damaged would be acknowledged whole.
     */
    private static final class Members extends GZIPInputStream {
        private static final int TRAILER_BYTES = 8;

        Members(InputStream raw) throws IOException {
            super(raw, PIECE_BYTES);
        }

        /** At the end of the stream: whether there are bytes behind the last trailer. */
        boolean hasRest() throws IOException {
            return inf.getRemaining() > TRAILER_BYTES || in.available() > 0;
        }
    }

    /** The range of chunks as a stream. */
    private static final class ChunkStream extends InputStream {
        private final ByteChunks chunks;
        private final byte[] one = new byte[1];

        ChunkStream(ByteChunks chunks) {
            this.chunks = chunks;
        }

        @Override
        public int read() {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int left = chunks.remaining();
            if (left == 0) {
                return -1;
            }
            int bytes = Math.min(length, left);
            chunks.read(target, offset, bytes);
            return bytes;
        }

        @Override
        public int available() {
            return chunks.remaining();
        }
    }
}
