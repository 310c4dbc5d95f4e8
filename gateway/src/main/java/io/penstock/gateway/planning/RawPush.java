package io.penstock.gateway.planning;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Pushes the same batch again and again over one connection: as little work as there can be at this
 * end.
 *
 * <p>Threading: confined to one thread; blocks.
 */
final class RawPush implements Closeable {
    private static final int TIMEOUT_MS = 10_000;
    private static final int ANSWER_BYTES = 8 << 10;

    /** Requests on their way at a time, so that nobody waits for the other. */
    private static final int WINDOW = 4;

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final byte[] request;
    private final byte[] answer = new byte[ANSWER_BYTES];
    private final int bodyBytes;
    private final int batch;
    private long records;

    RawPush(int port, int batch) throws IOException {
        this.batch = batch;
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < batch; i++) {
            lines.append("{\"time\":\"2026-01-31T06:00:00.000Z\",\"client\":\"10.1.2.")
                    .append(i % 250)
                    .append("\",\"method\":\"GET\",\"path\":\"/articles/")
                    .append(i)
                    .append("\",\"status\":200,\"bytes\":2326,\"seconds\":0.012}\n");
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        bodyBytes = body.length;
        String head =
                "POST /v1/repos/calibration/batches HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/x-ndjson\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n";
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        request = new byte[first.length + body.length];
        System.arraycopy(first, 0, request, 0, first.length);
        System.arraycopy(body, 0, request, first.length, body.length);
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Pushes until a moment; a refusal (the ring is full) is asked again and does not count. */
    void until(long endNs) throws IOException {
        int open = 0;
        while (System.nanoTime() < endNs) {
            while (open < WINDOW) {
                out.write(request);
                open++;
            }
            records += answered() ? batch : 0;
            open--;
        }
        for (; open > 0; open--) {
            records += answered() ? batch : 0;
        }
    }

    /** Reads one answer to its end; whether it was a good one. */
    private boolean answered() throws IOException {
        int end = 0;
        while (end < 4
                || answer[end - 1] != '\n'
                || answer[end - 2] != '\r'
                || answer[end - 3] != '\n') {
            int next = in.read();
            if (next < 0 || end == answer.length) {
                throw new IOException("the node of the measurement closed the connection");
            }
            answer[end++] = (byte) next;
        }
        String head = new String(answer, 0, end, StandardCharsets.US_ASCII);
        in.skipNBytes(length(head));
        boolean well = head.startsWith("HTTP/1.1 2");
        if (!well && !head.startsWith("HTTP/1.1 429") && !head.startsWith("HTTP/1.1 503")) {
            throw new IOException("the node of the measurement answers " + head.lines().toList());
        }
        return well;
    }

    private static long length(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                return Long.parseLong(line.substring(15).strip());
            }
        }
        return 0;
    }

    long records() {
        return records;
    }

    int bodyBytes() {
        return bodyBytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
