package io.penstock.perf.cluster;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a data port, over HTTP/1.1, which is opened again only by whoever uses it: a
 * client library would hide that a node closed it.
 *
 * <p>Threading: confined to one thread; blocks.
 */
final class PushSocket implements AutoCloseable {
    /** Longest that a push waits for its answer. */
    static final int PATIENCE_MS = 5_000;

    private static final int MAX_ANSWER_BYTES = 64 << 10;

    private final String host;
    private final int port;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body as it came
     */
    record Answer(int status, String body) {}

    PushSocket(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** Whether there is a connection. */
    boolean open() {
        return socket != null;
    }

    /** Sends a request and reads its answer; the connection is gone when that fails. */
    Answer push(byte[] request) throws IOException {
        try {
            Socket to = connected();
            to.getOutputStream().write(request);
            return answer();
        } catch (IOException failure) {
            close();
            throw failure;
        }
    }

    private Socket connected() throws IOException {
        Socket there = socket;
        if (there == null) {
            there = new Socket();
            socket = there;
            there.setTcpNoDelay(true);
            there.setSoTimeout(PATIENCE_MS);
            there.connect(new InetSocketAddress(host, port), PATIENCE_MS);
            in = new BufferedInputStream(there.getInputStream());
        }
        return there;
    }

    private Answer answer() throws IOException {
        String status = line();
        int length = 0;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String low = header.toLowerCase(Locale.ROOT);
            if (low.startsWith("content-length:")) {
                length = Integer.parseInt(low.substring("content-length:".length()).strip());
            }
            last |= low.equals("connection: close");
        }
        if (length > MAX_ANSWER_BYTES) {
            throw new IOException("an answer of " + length + " bytes");
        }
        byte[] body = reader().readNBytes(length);
        if (body.length < length) {
            throw new EOFException("an answer that was cut");
        }
        if (last) {
            close();
        }
        String[] words = status.split(" ", -1);
        if (words.length < 2) {
            throw new IOException("no answer of HTTP: " + status);
        }
        return new Answer(Integer.parseInt(words[1]), new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream from = reader();
        for (int c = from.read(); c != '\n'; c = from.read()) {
            if (c < 0) {
                throw new EOFException("the node closed the connection");
            }
            if (c != '\r') {
                line.write(c);
            }
            if (line.size() > MAX_ANSWER_BYTES) {
                throw new IOException("an endless line");
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private InputStream reader() throws IOException {
        InputStream from = in;
        if (from == null) {
            throw new IOException("not connected");
        }
        return from;
    }

    @Override
    public void close() {
        Socket there = socket;
        socket = null;
        in = null;
        if (there != null) {
            try {
                there.close();
            } catch (IOException gone) {
                // whatever it was, the connection is not used again
            }
        }
    }
}
