package io.penstock.gateway.receipt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of where a node's admin port is.
 *
 * <p>Threading: immutable.
 *
 * @param host empty where that is not known
 * @param seenMs when it was there last; Unix milliseconds, 0 where nobody saw it
 */
record NodePlace(Sight sight, boolean tls, String host, int port, long seenMs) {
    /** How much a node is there. */
    enum Sight {
        /** It is in the cluster. */
        HERE,
        /** It was there, or shall be. */
        GONE,
        /** Nobody has heard of it. */
        UNKNOWN,
        /** Nothing can be said: who is asked is out of the cluster itself. */
        BLIND
    }

    static final NodePlace UNKNOWN = new NodePlace(Sight.UNKNOWN, false, "", 0, 0);
    static final NodePlace BLIND = new NodePlace(Sight.BLIND, false, "", 0, 0);

    private static final int MAX_PORT = 65_535;
    private static final Pattern ADDRESS = Pattern.compile("(https://)?(.+):([0-9]{1,5})");

    /** One with the address that its report has; one that makes no sense is none. */
    static NodePlace of(Sight sight, String admin, long seenMs) {
        Matcher parts = ADDRESS.matcher(admin);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > MAX_PORT) {
            return new NodePlace(sight, false, "", 0, seenMs);
        }
        return new NodePlace(
                sight,
                parts.group(1) != null,
                parts.group(2),
                Integer.parseInt(parts.group(3)),
                seenMs);
    }

    boolean hasAddress() {
        return !host.isEmpty();
    }

    /** As {@code --admin} takes it. */
    String address() {
        return (tls ? "https://" : "") + host + ":" + port;
    }
}
