package io.penstock.perf.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Opens connections. Threading: any thread. */
public final class Wires {
    private Wires() {}

    /**
     * Opens one connection. Every exchange gets a producer of its own and one of the batches in
     * turn.
     *
     * @param streams exchanges on it; HTTP/1.1 always has one
     * @param random draws the producers
     * @throws IOException when the server does not take the connection
     */
    public static Wire open(
            Transport transport,
            Target target,
            List<Batch> batches,
            int streams,
            SplittableRandom random)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(target.host(), target.port()));
            boolean http2 = transport != Transport.HTTP1;
            Line line = target.tls() ? SecureLine.open(channel, http2) : new PlainLine(channel);
            channel.configureBlocking(false);
            if (transport == Transport.HTTP1) {
                int any = random.nextInt(batches.size());
                return new Http1Wire(line, target, producer(random), batches.get(any));
            }
            Http2Wire wire = new Http2Wire(line, transport.isGrpc());
            for (int i = 0; i < streams; i++) {
                Batch batch = batches.get(i % batches.size());
                wire.add(Http2Form.of(transport, target, producer(random), batch), batch);
            }
            return wire;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Opens several connections; all or none. */
    public static List<Wire> open(
            Transport transport,
            Target target,
            List<Batch> batches,
            Shape shape,
            SplittableRandom random)
            throws IOException {
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < shape.connections(); i++) {
                wires.add(open(transport, target, batches, shape.streams(), random));
            }
            return wires;
        } catch (IOException | RuntimeException e) {
            for (Wire wire : wires) {
                wire.close();
            }
            throw e;
        }
    }

    private static long producer(SplittableRandom random) {
        long drawn = random.nextLong();
        return drawn == 0 ? 1 : drawn;
    }
}
