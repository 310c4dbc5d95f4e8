package io.penstock.perf.side;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports nobody listens on, a moment ago. */
public final class FreePorts {
    private FreePorts() {}

    /** One of them, on the loopback. */
    public static int one() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
