package io.penstock.gateway.grpc;

import io.penstock.exporter.record.ByteChunks;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Lane;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a call into messages: a flag byte, four bytes of length, the message.
 *
 * <p>{@link #feed} takes bytes until one message is whole; {@link #take} hands it out; bytes behind
 * it are fed again. Chunks are kept as they come, nothing is copied.
 *
 * <p>Threading: confined to one event loop.
 */
public final class GrpcFramer {
    /** Bytes in front of each message. */
    public static final int PREFIX_BYTES = 5;

    private static final int PLAIN = 0;
    private static final int COMPRESSED = 1;

    private final Chunks chunks;
    private final int maxMessageBytes;

    private int prefixRead;
    private int flag;
    private int lengthBits;
    private int missing;
    private @Nullable ByteChunks message;
    private @Nullable Fault fault;

    /** Where the chunks of a message come from, and go when it is dropped. */
    public interface Chunks {
        /** Empty ones. */
        ByteChunks borrow();

        /** Not needed any more. */
        void giveBack(ByteChunks chunks);
    }

    GrpcFramer(Lane lane) {
        this(lane.node().config().maxBatchBytes(), new LaneChunks(lane));
    }

    /** Messages of up to so many bytes. */
    public GrpcFramer(int maxMessageBytes, Chunks chunks) {
        this.chunks = chunks;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Those that a lane has to spare. */
    private record LaneChunks(Lane lane) implements Chunks {
        @Override
        public ByteChunks borrow() {
            return lane.borrow();
        }

        @Override
        public void giveBack(ByteChunks chunks) {
            lane.giveBack(chunks);
        }
    }

    /** The bytes of the message under way, or null. */
    @Nullable ByteChunks begun() {
        return message;
    }

    /**
     * Takes bytes until a message is whole, a fault shows, or they are used up.
     *
     * @return how many were taken
     */
    public int feed(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (prefixRead < PREFIX_BYTES) {
            if (at == end) {
                return length;
            }
            prefix(bytes[at++]);
        }
        if (fault != null) {
            return at - offset;
        }
        int piece = Math.min(missing, end - at);
        if (piece > 0 && message != null) {
            message.gather(bytes, at, piece);
            missing -= piece;
        }
        return at + piece - offset;
    }

    private void prefix(byte next) {
        if (prefixRead == 0) {
            flag = next;
        } else {
            lengthBits = (lengthBits << Byte.SIZE) | (next & 0xff);
        }
        prefixRead++;
        if (prefixRead == PREFIX_BYTES) {
            open(Integer.toUnsignedLong(lengthBits));
        }
    }

    private void open(long announced) {
        if (flag != PLAIN && flag != COMPRESSED) {
            fault =
                    Fault.of(
                            FaultKind.BAD_FRAMING,
                            "message starts with the flag byte " + (flag & 0xff) + ", not 0 or 1");
        } else if (announced > maxMessageBytes) {
            fault =
                    Fault.of(
                            FaultKind.TOO_LARGE,
                            "message of " + announced + " bytes, the limit is " + maxMessageBytes);
        } else {
            missing = (int) announced;
            message = chunks.borrow();
        }
    }

    /** What is wrong with the framing, or null; nothing more is taken then. */
    public @Nullable Fault fault() {
        return fault;
    }

    /** Whether a message is whole. */
    public boolean whole() {
        return message != null && missing == 0;
    }

    /** Whether the bytes so far end inside a message or its prefix. */
    boolean inside() {
        return prefixRead > 0;
    }

    /** Bytes of the message so far. */
    int messageBytes() {
        return message == null ? 0 : message.length();
    }

    /** Whether the whole message is marked as compressed. */
    boolean compressed() {
        return flag == COMPRESSED;
    }

    /** What a stream that ends here has wrong. */
    Fault cutOff() {
        String where =
                prefixRead < PREFIX_BYTES
                        ? "inside the prefix of a message, " + prefixRead + " bytes into it"
                        : "inside a message of "
                                + Integer.toUnsignedLong(lengthBits)
                                + " bytes, "
                                + messageBytes()
                                + " bytes into it";
        return Fault.of(FaultKind.MALFORMED, "the request ends " + where);
    }

    /** Hands out the whole message, which is the caller's then, and begins the next. */
    public ByteChunks take() {
        ByteChunks taken = message;
        if (taken == null || missing > 0) {
            throw new IllegalStateException("no whole message");
        }
        message = null;
        prefixRead = 0;
        return taken;
    }

    /** Lets go of a message that will not become whole. */
    public void drop() {
        if (message != null) {
            chunks.giveBack(message);
            message = null;
        }
    }
}
