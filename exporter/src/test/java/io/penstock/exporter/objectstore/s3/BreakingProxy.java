package io.penstock.exporter.objectstore.s3;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes bytes on to a server, but resets the connection in the middle of a request whose head has
 * a word, as often as it is told.
 */
public final class BreakingProxy implements Closeable {

    private static final int PIECE_BYTES = 16 * 1024;

    private final ServerSocket socket;
    private final int serverPort;
    private final String word;
    private final AtomicInteger left;
    private final AtomicInteger broken = new AtomicInteger();

    /** A proxy that breaks the first {@code times} requests with a word. */
    public BreakingProxy(int serverPort, String word, int times) throws IOException {
        this.serverPort = serverPort;
        this.word = word;
        left = new AtomicInteger(times);
        socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** Where it listens. */
    public int port() {
        return socket.getLocalPort();
    }

    /** How many requests it broke. */
    public int broken() {
        return broken.get();
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Runs it on a thread; a socket that ends is the end of it. */
    private static void start(Step step) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                step.run();
                            } catch (IOException ended) {
                                // one side has closed: both are closed by whoever sees it
                            }
                        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = socket.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            start(() -> pass(client, server, true));
            start(() -> pass(server, client, false));
        }
    }

    private void pass(Socket from, Socket to, boolean requests) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                if (requests && breaks(piece, read)) {
                    out.write(piece, 0, read / 2);
                    from.setSoLinger(true, 0);
                    to.setSoLinger(true, 0);
                    return;
                }
                out.write(piece, 0, read);
            }
        }
    }

    private boolean breaks(byte[] piece, int length) {
        String text = new String(piece, 0, length, StandardCharsets.ISO_8859_1);
        boolean now = text.contains(word) && left.getAndDecrement() > 0;
        if (now) {
            broken.incrementAndGet();
        }
        return now;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
