package io.penstock.gateway.abuse;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A socket, and HTTP/2 frames by hand. */
final class Attacker implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GO_AWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    static final long NO_ERROR = 0;
    static final long ENHANCE_YOUR_CALM = 11;

    private final Socket socket;

    /**
     * How a connection ended.
     *
     * @param error of the GOAWAY, or -1 where none came
     * @param debug what it said
     */
    record End(long error, String debug) {}

    Attacker(int port) throws IOException {
        this(port, "127.0.0.1");
    }

    /** From an address of loopback. */
    Attacker(int port, String from) throws IOException {
        this(port, from, new Socket());
    }

    private Attacker(int port, String from, Socket socket) throws IOException {
        this.socket = socket;
        socket.bind(new InetSocketAddress(InetAddress.getAllByName(from)[0], 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
        socket.setSoTimeout(15_000);
        socket.setTcpNoDelay(true);
    }

    static Attacker http2(int port, byte... settings) throws IOException {
        return greeting(new Attacker(port), settings);
    }

    /** One whose side takes a few kilobytes until it is read. */
    static Attacker narrowHttp2(int port, byte... settings) throws IOException {
        Socket narrow = new Socket();
        narrow.setReceiveBufferSize(4096);
        return greeting(new Attacker(port, "127.0.0.1", narrow), settings);
    }

    private static Attacker greeting(Attacker attacker, byte... settings) throws IOException {
        attacker.text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        attacker.send(frame(SETTINGS, 0, 0, settings));
        return attacker;
    }

    void text(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Whether the bytes went out; not when the server has closed. */
    boolean trySend(byte[] bytes) {
        try {
            send(bytes);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** Sends the same again and again, until the server closes, at most so often. */
    void flood(byte[] bytes, int times) {
        boolean open = true;
        for (int i = 0; i < times && open; i++) {
            open = trySend(bytes);
        }
    }

    /** Reads frames until GOAWAY or the end. */
    End end() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        try {
            while (true) {
                int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
                int type = in.readUnsignedByte();
                in.skipNBytes(5);
                byte[] payload = in.readNBytes(length);
                if (type == GO_AWAY) {
                    return new End(
                            payload[7] & 0xff,
                            new String(payload, 8, length - 8, StandardCharsets.UTF_8));
                }
            }
        } catch (SocketTimeoutException open) {
            throw open;
        } catch (IOException closed) {
            return new End(-1, "");
        }
    }

    /** Reads until the server closes; what was read. */
    String drain() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        try {
            for (int n = socket.getInputStream().read(piece);
                    n >= 0;
                    n = socket.getInputStream().read(piece)) {
                all.write(piece, 0, n);
            }
        } catch (SocketTimeoutException open) {
            throw open;
        } catch (IOException reset) {
            // closed all the same
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads until so much text has come. */
    String read(String until) throws IOException {
        StringBuilder all = new StringBuilder();
        while (all.indexOf(until) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("ended after: " + all);
            }
            all.append((char) next);
        }
        return all.toString();
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    static byte[] frame(int type, int flags, int stream, byte... payload) {
        byte[] frame = new byte[9 + payload.length];
        frame[0] = (byte) (payload.length >>> 16);
        frame[1] = (byte) (payload.length >>> 8);
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        for (int i = 0; i < 4; i++) {
            frame[5 + i] = (byte) (stream >>> (24 - 8 * i));
        }
        System.arraycopy(payload, 0, frame, 9, payload.length);
        return frame;
    }

    /** One frame behind the other, so many times. */
    static byte[] times(byte[] frame, int times) {
        byte[] all = new byte[frame.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        return all;
    }

    /** The header block of a POST (RFC 7541: static table, literals without indexing). */
    static byte[] post(String path, String contentType) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x83);
        block.write(0x86);
        literal(block, path, 0x04);
        literal(block, "localhost", 0x01);
        literal(block, contentType, 0x0f, 0x10);
        return block.toByteArray();
    }

    static void literal(ByteArrayOutputStream block, String value, int... name) {
        for (int part : name) {
            block.write(part);
        }
        length(block, value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static void length(ByteArrayOutputStream block, int length) {
        if (length < 127) {
            block.write(length);
            return;
        }
        block.write(127);
        int rest = length - 127;
        while (rest >= 128) {
            block.write((rest & 127) | 128);
            rest >>>= 7;
        }
        block.write(rest);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
