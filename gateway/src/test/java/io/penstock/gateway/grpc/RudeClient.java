package io.penstock.gateway.grpc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** An HTTP/2 client by hand that ignores the limits it is told. */
final class RudeClient implements AutoCloseable {
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int END_HEADERS = 4;

    private final Socket socket;

    RudeClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        start.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        start.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
        socket.getOutputStream().write(start.toByteArray());
    }

    /** Opens streams and sends nothing on them. Stops early when the server has had enough. */
    void openStreams(int count, String path) {
        byte[] headers = headers(path);
        try {
            for (int i = 0; i < count; i++) {
                socket.getOutputStream().write(frame(HEADERS, END_HEADERS, 1 + 2 * i, headers));
            }
        } catch (IOException closed) {
            // That is one of the good endings; awaitRefusal tells.
        }
    }

    /** Reads until a stream is reset, or the connection is closed or about to be. */
    boolean awaitRefusal() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        try {
            while (true) {
                int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
                int type = in.readUnsignedByte();
                in.skipNBytes(1 + 4 + length);
                if (type == RST_STREAM || type == GO_AWAY) {
                    return true;
                }
            }
        } catch (EOFException | SocketException closed) {
            return true;
        }
    }

    private static byte[] headers(String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        // RFC 7541: indexes of the static table; literals without indexing, names by index.
        block.write(0x83);
        block.write(0x86);
        literal(block, path, 0x04);
        literal(block, "localhost", 0x01);
        literal(block, "application/grpc", 0x0f, 0x10);
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, String value, int... name) {
        for (int part : name) {
            block.write(part);
        }
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        byte[] frame = new byte[9 + payload.length];
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
