package io.penstock.gateway.access;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one connection: the header that was verified last, whose grant that is, and whom
 * its certificate names. Threading: confined to the connection's event loop.
 */
public final class Entrance {
    private @Nullable String header;
    private @Nullable Grant byHeader;
    private @Nullable Grant byCertificate;
    private boolean looked;

    /** Nothing is known yet. */
    public Entrance() {
        // fields say it
    }

    /** The grant of a header that was verified here, or null. */
    @Nullable Grant known(String authorization) {
        String last = header;
        return last != null && isSame(last, authorization) ? byHeader : null;
    }

    /** Without a copy, and without telling by its time how much is the same. */
    private static boolean isSame(String one, String other) {
        if (one.length() != other.length()) {
            return false;
        }
        int differences = 0;
        for (int i = 0; i < one.length(); i++) {
            differences |= one.charAt(i) ^ other.charAt(i);
        }
        return differences == 0;
    }

    void verified(String authorization, Grant grant) {
        header = authorization;
        byHeader = grant;
    }

    boolean looked() {
        return looked;
    }

    void found(@Nullable Grant grant) {
        looked = true;
        byCertificate = grant;
    }

    @Nullable Grant byCertificate() {
        return byCertificate;
    }
}
