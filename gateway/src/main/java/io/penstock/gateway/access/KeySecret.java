package io.penstock.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What is kept of a secret: SHA-256 of a salt and the secret. A slow hash (bcrypt, Argon2) makes
 * guessing dear where people choose passwords; this secret is 256 bits from a random generator,
 * which nobody guesses at any speed, so a fast hash is as safe and lets a request be verified in a
 * microsecond. The salt keeps two files from telling that they hold the same secret.
 *
 * <p>Threading: immutable.
 */
final class KeySecret {
    /** Good as long as its key. */
    static final long AS_LONG_AS_THE_KEY = 0;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] salt;
    private final byte[] hash;
    private final long untilMs;

    private KeySecret(byte[] salt, byte[] hash, long untilMs) {
        this.salt = salt;
        this.hash = hash;
        this.untilMs = untilMs;
    }

    static KeySecret of(KeyToken token, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new KeySecret(salt, digest(salt, token.secret()), AS_LONG_AS_THE_KEY);
    }

    /**
     * One from a file.
     *
     * @throws IllegalArgumentException when it cannot be one
     */
    static KeySecret kept(String saltHex, String hashHex, long untilMs) {
        byte[] salt = HEX.parseHex(saltHex);
        byte[] hash = HEX.parseHex(hashHex);
        if (salt.length != SALT_BYTES || hash.length != HASH_BYTES) {
            throw new IllegalArgumentException("a salt or hash of another length");
        }
        return new KeySecret(salt, hash, untilMs);
    }

    /** The same until a time, Unix milliseconds, or until it ends already. */
    KeySecret until(long timeMs) {
        boolean sooner = untilMs != AS_LONG_AS_THE_KEY && untilMs <= timeMs;
        return sooner ? this : new KeySecret(salt, hash, timeMs);
    }

    /** Takes as long for any wrong secret: how much of it is right does not show. */
    boolean matches(String secret) {
        return MessageDigest.isEqual(hash, digest(salt, secret));
    }

    boolean isSame(KeySecret other) {
        return MessageDigest.isEqual(hash, other.hash) && MessageDigest.isEqual(salt, other.salt);
    }

    long untilMs() {
        return untilMs;
    }

    boolean isOver(long nowMs) {
        return untilMs != AS_LONG_AS_THE_KEY && nowMs >= untilMs;
    }

    String saltHex() {
        return HEX.formatHex(salt);
    }

    String hashHex() {
        return HEX.formatHex(hash);
    }

    private static byte[] digest(byte[] salt, String secret) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return sha.digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            // every Java platform must have it
            throw new IllegalStateException(impossible);
        }
    }
}
