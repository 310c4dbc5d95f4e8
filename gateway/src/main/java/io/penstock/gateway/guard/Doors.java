package io.penstock.gateway.guard;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The doors of one Vert.x, by port. Threading: any thread.
 *
 * <p>Of a Vert.x that was made otherwise, connections are seen only when their first request is;
 * nothing breaks, and nothing is guarded.
 */
public final class Doors {
    private final ConcurrentHashMap<Integer, Door> byPort = new ConcurrentHashMap<>();
    private final Porter porter = new Porter();

    Doors() {}

    /** A Vert.x whose listening ports may have doors. */
    public static Vertx vertx() {
        return Vertx.builder()
                .withTransport(new GuardedTransport(Transport.NIO.implementation(), new Doors()))
                .build();
    }

    /** Guards a port from now on. */
    public static void open(Vertx vertx, int port, Door door) {
        Doors doors = of(vertx);
        if (doors != null) {
            doors.byPort.put(port, door);
        }
    }

    private static @Nullable Doors of(Vertx vertx) {
        return ((VertxInternal) vertx).transport() instanceof GuardedTransport guarded
                ? guarded.doors()
                : null;
    }

    /** Has what a server accepts pass here. */
    void watch(ServerBootstrap server) {
        server.handler(porter);
    }

    private @Nullable Door door(Channel server) {
        return server.localAddress() instanceof InetSocketAddress bound
                ? byPort.get(bound.getPort())
                : null;
    }

    /** Sees accepted sockets ahead of the acceptor, which hands them to an event loop. */
    @ChannelHandler.Sharable
    private final class Porter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Door door = door(context.channel());
            if (door == null || !(message instanceof Channel client)) {
                context.fireChannelRead(message);
                return;
            }
            if (door.enter(client.remoteAddress()) != null) {
                client.unsafe().closeForcibly();
                return;
            }
            client.pipeline().addFirst(Gate.NAME, new Gate(door, client));
            context.fireChannelRead(client);
        }
    }
}
