package io.penstock.exporter.sink.grpc;

import io.penstock.exporter.push.PushMessage;
import io.penstock.exporter.record.NativePieces;
import io.penstock.exporter.sink.Delivery;
import io.penstock.model.AckLevel;
import io.penstock.model.DeliveryId;
import io.penstock.model.RepoName;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the requests of a delivery, one per staged batch, each under an identity that the same
 * records have whenever they are offered again, alone or with others.
 *
 * <p>The identity of a piece is (repo, export, epoch, first position of the run, number of its
 * first record in the run, count of its records). The wire has a producer and a sequence for it,
 * and remembers the last 256 sequences of each of the last producers: pieces of like count that
 * begin within the same {@value #BLOCK} records of a run share a producer, a hash of all the rest,
 * and their sequence is the place in the block. The count is part of it because half of a piece is
 * another piece: were it not, the whole would count as staged when one half is.
 *
 * <p>Threading: confined to one thread.
 */
final class PushPieces {

    /** Sequences that a server remembers of a producer. */
    private static final int BLOCK = 256;

    /**
     * Flag, not compressed, and length, big endian ("gRPC over HTTP2", Length-Prefixed-Message).
     */
    private static final int PREFIX_BYTES = 5;

    private final RepoName repo;
    private final AckLevel ack;
    private final NativePieces pieces = new NativePieces();
    private int record;

    PushPieces(RepoName repo, AckLevel ack) {
        this.repo = repo;
        this.ack = ack;
    }

    /** The requests of a delivery, in its order. */
    List<Piece> of(Delivery delivery) {
        List<Piece> found = new ArrayList<>();
        record = 0;
        delivery.readRaw(
                (encoding, records, body, offset, length) ->
                        pieces.read(
                                encoding,
                                records,
                                body,
                                offset,
                                length,
                                (count, batch, from, bytes) -> {
                                    Buffer message = framed(delivery, count, batch, from, bytes);
                                    found.add(new Piece(record, count, message));
                                    record += count;
                                }));
        return found;
    }

    private Buffer framed(Delivery delivery, int count, byte[] batch, int from, int bytes) {
        DeliveryId id = delivery.id();
        int place = delivery.recordNumber(record);
        PushMessage.Envelope envelope =
                new PushMessage.Envelope(
                        repo, producer(id, place / BLOCK, count), place % BLOCK + 1, ack);
        Buffer message = PushMessage.of(envelope, batch, from, bytes);
        return Buffer.buffer(PREFIX_BYTES + message.length())
                .appendByte((byte) 0)
                .appendInt(message.length())
                .appendBuffer(message);
    }

    private static long producer(DeliveryId id, int block, int count) {
        String text =
                id.repo()
                        + "/"
                        + id.export()
                        + "/"
                        + id.epoch()
                        + "/"
                        + id.first()
                        + "/"
                        + block
                        + "/"
                        + count;
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            long producer = ByteBuffer.wrap(hash).getLong();
            return producer == 0 ? 1 : producer;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
