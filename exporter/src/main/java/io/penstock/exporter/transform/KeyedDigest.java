package io.penstock.exporter.transform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 with a salt in front, or HMAC-SHA-256.
 *
 * <p>Threading: confined to one thread.
 */
final class KeyedDigest {

    /** Digits of a whole hash. */
    static final int HEX_DIGITS = 64;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;
    private final byte[] hash = new byte[HEX_DIGITS / 2];
    private final @Nullable Mac mac;
    private final MessageDigest digest;

    KeyedDigest(HashRule.Algorithm algorithm, String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
        try {
            digest = MessageDigest.getInstance("SHA-256");
            if (algorithm == HashRule.Algorithm.HMAC_SHA256) {
                mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(this.key, "HmacSHA256"));
            } else {
                mac = null;
            }
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    void hash(byte[] bytes, int offset, int length) {
        try {
            if (mac != null) {
                mac.update(bytes, offset, length);
                mac.doFinal(hash, 0);
            } else {
                digest.update(key);
                digest.update(bytes, offset, length);
                digest.digest(hash, 0, hash.length);
            }
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a hash has 32 bytes", impossible);
        }
    }

    /** One digit of the last hash. */
    byte hexDigit(int index) {
        int twoDigits = hash[index / 2];
        return HEX[(index % 2 == 0 ? twoDigits >> 4 : twoDigits) & 15];
    }
}
