package io.penstock.gateway.boot;

import java.net.UnknownHostException;

/** Says in the words of the configuration why a port cannot be opened. */
final class PortFailure {
    private PortFailure() {}

    static StartException of(String section, String host, int port, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("Address already in use")) {
            return new StartException(
                    section
                            + ".port: "
                            + port
                            + " is in use on "
                            + host
                            + "; stop whoever listens there or take another port (0 takes a free"
                            + " one)",
                    cause);
        } else if (message.contains("Permission denied")) {
            return new StartException(
                    section + ".port: " + port + " may not be opened by this user", cause);
        } else if (message.contains("Cannot assign requested address")) {
            return new StartException(
                    section + ".host: " + host + " is no address of this machine", cause);
        } else if (cause instanceof UnknownHostException) {
            return new StartException(section + ".host: " + host + " is unknown", cause);
        }
        return new StartException(
                section + ": cannot listen on " + host + ":" + port + ": " + cause, cause);
    }
}
