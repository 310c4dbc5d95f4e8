package io.penstock.loopback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback for servers that must know theirs before they start. They lie below those
 * that the kernel gives to outgoing connections: such a port may be taken by one between the look
 * and the start, or, worse, a client that tries it before its server runs may be connected to
 * itself.
 *
 * <p>Threading: any thread.
 */
public final class FreePorts {
    private static final int FIRST = 10_000;
    private static final int LAST_WHERE_UNKNOWN = 32_767;
    private static final int TRIES = 1_000;
    private static final Path OUTGOING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    /** Two JVMs that run tests at once take odd and even ports. */
    private static final int PARITY = Integer.getInteger("penstock.fork", 0) & 1;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** One that was free a moment ago, and that this process was not given before. */
    public static int one() {
        int end = outgoing();
        for (int tries = 0; tries < TRIES; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST / 2, end / 2) * 2 + PARITY;
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port between " + FIRST + " and " + end + " is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** The first port of outgoing connections. */
    private static int outgoing() {
        if (!Files.isReadable(OUTGOING)) {
            return LAST_WHERE_UNKNOWN;
        }
        try {
            int first = Integer.parseInt(Files.readString(OUTGOING).strip().split("\\s+", -1)[0]);
            return first > FIRST + TRIES ? first : LAST_WHERE_UNKNOWN;
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }
}
