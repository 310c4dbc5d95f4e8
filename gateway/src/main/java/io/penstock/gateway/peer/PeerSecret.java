package io.penstock.gateway.peer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The secret that the nodes of a cluster share, by which they take deliveries of each other and of
 * nobody else. Threading: immutable.
 */
public final class PeerSecret {
    /** Everybody is taken for a node. */
    public static final PeerSecret NONE = new PeerSecret("");

    static final String HEADER = "authorization";
    private static final String SCHEME = "Bearer ";

    private final String header;
    private final byte[] utf8;

    /** A secret; an empty one is none. */
    public PeerSecret(String secret) {
        this.header = secret.isEmpty() ? "" : SCHEME + secret;
        this.utf8 = header.getBytes(StandardCharsets.UTF_8);
    }

    /** What a node sends; empty without secret. */
    String header() {
        return header;
    }

    /** Takes as long for any wrong header. */
    boolean fits(@Nullable String sent) {
        return header.isEmpty()
                || (sent != null
                        && MessageDigest.isEqual(utf8, sent.getBytes(StandardCharsets.UTF_8)));
    }

    /** Without the secret, for whoever prints it by mistake. */
    @Override
    public String toString() {
        return header.isEmpty() ? "none" : "********";
    }
}
