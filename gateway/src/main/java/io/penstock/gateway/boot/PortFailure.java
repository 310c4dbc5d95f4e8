package io.penstock.gateway.boot;

import java.net.UnknownHostException;

/** Says in the words of the configuration why a port cannot be opened. */
final class PortFailure {
    private PortFailure() {}

    static StartException of(String section, String host, int port, Throwable cause) {
        return of(section + ".port", section + ".host", host, port, cause);
    }

    /** The same for a port of another name, at the host of the data port. */
    static StartException ofKey(String key, String host, int port, Throwable cause) {
        return of(key, "ingress.host", host, port, cause);
    }

    private static StartException of(
            String key, String hostKey, String host, int port, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("Address already in use")) {
            return new StartException(
                    key
                            + ": "
                            + port
                            + " is in use on "
                            + host
                            + "; stop whoever listens there or take another port (0 takes a free"
                            + " one)",
                    cause);
        } else if (message.contains("Permission denied")) {
            return new StartException(key + ": " + port + " may not be opened by this user", cause);
        } else if (message.contains("Cannot assign requested address")) {
            return new StartException(
                    hostKey + ": " + host + " is no address of this machine", cause);
        } else if (cause instanceof UnknownHostException) {
            return new StartException(hostKey + ": " + host + " is unknown", cause);
        }
        return new StartException(
                key + ": cannot listen on " + host + ":" + port + ": " + cause, cause);
    }
}
