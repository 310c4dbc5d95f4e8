package io.penstock.exporter.sink.journal;

import io.penstock.model.DeliveryId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A delivery id as 128 bits: the first half of the SHA-256 of its text. Two of a thousand million
 * ids share a hash with a probability below 1e-20.
 *
 * <p>Threading: immutable.
 *
 * @param high first half
 * @param low second half
 */
public record DeliveryHash(long high, long low) {

    /** The hash of an id. */
    public static DeliveryHash of(DeliveryId id) {
        byte[] text = id.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(text));
        return new DeliveryHash(hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
