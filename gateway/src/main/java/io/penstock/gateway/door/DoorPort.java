package io.penstock.gateway.door;

import io.penstock.model.Require;

/** Checks of the keys that every door has. */
public final class DoorPort {
    /** What the configuration says of them. */
    public static final String ENABLED_DOC =
            "Whether the data port takes these requests; their paths are nobody else's.";

    /** The same. */
    public static final String LISTEN_DOC =
            "Listen on port as well, at ingress.host. The data port takes these requests in any"
                    + " case.";

    /** The same. */
    public static final String PORT_DOC = "The port of its own; 0 takes a free one.";

    private static final int MAX_PORT = 65_535;

    private DoorPort() {}

    /**
     * Checks a port.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static void check(boolean enabled, boolean listen, int port) {
        Require.within("port", port, 0, MAX_PORT);
        if (listen && !enabled) {
            throw new IllegalArgumentException("listen: the door is not enabled");
        }
    }
}
