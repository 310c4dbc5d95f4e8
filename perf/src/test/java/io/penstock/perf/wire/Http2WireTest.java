package io.penstock.perf.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.proto.ingest.v1.AckLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Http2WireTest {
    private static final Target TARGET =
            new Target("127.0.0.1", 1, "web", AckLevel.ACK_LEVEL_STAGED);
    private static final int PREFACE_BYTES = 24;
    private static final int FRAME = Frames.HEADER_BYTES + Frames.DATA_BYTES;

    @Test
    void aRequestStopsAtTheWindowOfItsStream() throws Exception {
        try (Http2Wire wire = new Http2Wire(new PlainLine(SocketChannel.open()), true)) {
            wire.add(Http2Form.grpc(TARGET, 1, batch(200_000)), batch(200_000));
            Http2Exchange exchange = wire.exchanges().get(0);
            exchange.sendNext(0);
            int before = exchange.request().limit();

            long left = exchange.allow(1 << 20);
            assertThat(exchange.request().limit() - before).isEqualTo(3 * FRAME);
            assertThat(left).isEqualTo((1 << 20) - 3 * Frames.DATA_BYTES);

            exchange.widen(Frames.DATA_BYTES);
            exchange.allow(left);
            assertThat(exchange.request().limit() - before).isEqualTo(4 * FRAME);
            assertThat(exchange.allAllowed()).isFalse();
        }
    }

    @Test
    void aRequestStopsAtTheWindowOfTheConnection() throws Exception {
        try (Http2Wire wire = new Http2Wire(new PlainLine(SocketChannel.open()), true)) {
            wire.add(Http2Form.grpc(TARGET, 1, batch(60_000)), batch(60_000));
            Http2Exchange exchange = wire.exchanges().get(0);
            exchange.sendNext(0);
            int before = exchange.request().limit();

            long left = exchange.allow(Frames.DATA_BYTES + 5);

            assertThat(exchange.request().limit() - before).isEqualTo(FRAME);
            assertThat(left).isEqualTo(5);
        }
    }

    @Test
    void framesStayWholeWhenTheSocketIsFull() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        int body = 3_000_000;
        try (ServerSocketChannel listening = ServerSocketChannel.open();
                SocketChannel client = SocketChannel.open();
                Http2Wire wire = new Http2Wire(new PlainLine(client), true)) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client.setOption(StandardSocketOptions.SO_SNDBUF, 4096);
            client.connect(listening.getLocalAddress());
            client.configureBlocking(false);
            try (SocketChannel server = listening.accept()) {
                server.configureBlocking(false);
                wire.add(Http2Form.grpc(TARGET, 1, batch(body)), batch(body));
                write(server, windows());
                wire.exchanges().get(0).sendNext(0);
                ByteArrayOutputStream received = new ByteArrayOutputStream();
                int pings = 0;
                for (int quiet = 0; quiet < 200; quiet++) {
                    wire.read((exchange, answer) -> {});
                    wire.flush((exchange, answer) -> {});
                    if (received.size() < body && random.nextInt(4) == 0) {
                        write(server, ping());
                        pings++;
                    }
                    quiet = read(server, received, random.nextInt(1, 90_000)) ? 0 : quiet;
                }
                assertFrames(ByteBuffer.wrap(received.toByteArray()), body, pings);
            }
        }
    }

    private static void assertFrames(ByteBuffer received, int body, int pings) {
        received.position(PREFACE_BYTES);
        int data = 0;
        int pongs = 0;
        while (received.hasRemaining()) {
            int word = received.getInt();
            int flags = received.get();
            received.getInt();
            int type = word & 0xff;
            int length = word >>> 8;
            assertThat(type)
                    .isIn(
                            Frames.DATA,
                            Frames.HEADERS,
                            Frames.SETTINGS,
                            Frames.PING,
                            Frames.WINDOW_UPDATE);
            assertThat(length).isLessThanOrEqualTo(Frames.DATA_BYTES);
            data += type == Frames.DATA ? length : 0;
            pongs += type == Frames.PING && flags == Frames.ACK ? 1 : 0;
            received.position(received.position() + length);
        }
        assertThat(data).isBetween(body, body + 100);
        assertThat(pongs).isEqualTo(pings);
    }

    private static boolean read(SocketChannel server, ByteArrayOutputStream into, int most)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        boolean any = server.read(buffer) > 0;
        into.write(buffer.array(), 0, buffer.position());
        return any;
    }

    private static ByteBuffer windows() {
        ByteBuffer frames = ByteBuffer.allocate(64);
        Frames.putHeader(frames, 6, Frames.SETTINGS, 0, 0);
        frames.putShort((short) Frames.SETTING_INITIAL_WINDOW).putInt(1 << 28);
        Frames.putHeader(frames, 4, Frames.WINDOW_UPDATE, 0, 0);
        frames.putInt(1 << 28);
        return frames.flip();
    }

    private static ByteBuffer ping() {
        ByteBuffer frame = ByteBuffer.allocate(Frames.HEADER_BYTES + 8);
        Frames.putHeader(frame, 8, Frames.PING, 0, 0);
        return frame.putLong(7).flip();
    }

    private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static Batch batch(int bytes) {
        return new Batch(new byte[bytes], 1);
    }
}
