package io.penstock.gateway.endtoend;

import io.penstock.gateway.ingest.Batches;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * One connection over which the same batch is pushed again and again, at a pace or as fast as
 * answers come. Answer times count from when a push was due, not from when it could be sent; one
 * that was refused does not catch up beyond the end.
 *
 * <p>Threading: confined to its own thread until that has ended.
 */
final class PacedPush implements Runnable {
    private static final int OK = 200;
    private static final int NO_ROOM = 429;
    private static final int MAX_SAMPLES = 1 << 20;

    private final int port;
    private final byte[] request;
    private final int bodyBytes;
    private final double perSecond;
    private final long beginNs;
    private final long endNs;
    private final long[] latencyNs = new long[MAX_SAMPLES];
    private int accepted;
    private int refused;
    private Exception failure = new IllegalStateException("not run");

    /**
     * Nothing is sent yet.
     *
     * @param perSecond pushes per second, 0 for as fast as answers come
     */
    PacedPush(int port, String repo, int bodyBytes, double perSecond, long beginNs, long endNs)
            throws IOException {
        byte[] body = Batches.batch(Math.max(1, bodyBytes / 256), 230).toByteArray();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String head =
                "POST /v1/repos/%s/batches HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: %d\r\n\r\n";
        bytes.write(head.formatted(repo, body.length).getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(body);
        this.port = port;
        this.request = bytes.toByteArray();
        this.bodyBytes = body.length;
        this.perSecond = perSecond;
        this.beginNs = beginNs;
        this.endNs = endNs;
    }

    @Override
    public void run() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream answers = new BufferedInputStream(socket.getInputStream());
            double intervalNs = perSecond == 0 ? 0 : 1e9 / perSecond;
            for (long i = 0; ; i++) {
                long dueNs =
                        perSecond == 0
                                ? Math.max(beginNs, System.nanoTime())
                                : beginNs + (long) (i * intervalNs);
                boolean isLate = refused > 0 && System.nanoTime() - endNs >= 0;
                if (dueNs - endNs >= 0 || isLate) {
                    break;
                }
                for (long left = dueNs - System.nanoTime();
                        left > 0;
                        left = dueNs - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                socket.getOutputStream().write(request);
                note(status(answers), System.nanoTime() - dueNs);
            }
            failure = new Done();
        } catch (IOException | RuntimeException broken) {
            failure = broken;
        }
    }

    /** Not a failure. */
    private static final class Done extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private void note(int status, long tookNs) {
        if (status == OK && accepted < MAX_SAMPLES) {
            latencyNs[accepted++] = tookNs;
        } else if (status == NO_ROOM) {
            refused++;
        } else {
            throw new IllegalStateException("answered with " + status);
        }
    }

    private static int status(InputStream answers) throws IOException {
        String first = line(answers);
        int length = 0;
        for (String line = line(answers); !line.isEmpty(); line = line(answers)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
        }
        answers.skipNBytes(length);
        return Integer.parseInt(first.substring(9, 12));
    }

    private static String line(InputStream answers) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = answers.read();
            if (next < 0) {
                throw new IOException("the connection was closed");
            } else if (next == '\n') {
                return line.toString();
            } else if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    /** After its thread has ended: fails if it did not end well. */
    void check() {
        if (!(failure instanceof Done)) {
            throw new AssertionError(failure);
        }
    }

    int accepted() {
        return accepted;
    }

    int refused() {
        return refused;
    }

    long acceptedBytes() {
        return (long) accepted * bodyBytes;
    }

    long[] latenciesNs() {
        return Arrays.copyOf(latencyNs, accepted);
    }
}
