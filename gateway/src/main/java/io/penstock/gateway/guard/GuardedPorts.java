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
 * The guarded ports of one Vert.x. Threading: any thread.
 *
 * <p>Of a Vert.x that was made otherwise, connections are seen only when their first request is;
 * nothing breaks, and nothing is guarded.
 */
public final class GuardedPorts {
    private final ConcurrentHashMap<Integer, GuardedPort> byPort = new ConcurrentHashMap<>();
    private final Porter porter = new Porter();

    GuardedPorts() {}

    /** A Vert.x whose listening ports may be guarded. */
    public static Vertx vertx() {
        return Vertx.builder()
                .withTransport(
                        new GuardedTransport(Transport.NIO.implementation(), new GuardedPorts()))
                .build();
    }

    /** Guards a port from now on. */
    public static void open(Vertx vertx, int port, GuardedPort guarded) {
        GuardedPorts guardedPorts = of(vertx);
        if (guardedPorts != null) {
            guardedPorts.byPort.put(port, guarded);
        }
    }

    private static @Nullable GuardedPorts of(Vertx vertx) {
        return ((VertxInternal) vertx).transport() instanceof GuardedTransport guarded
                ? guarded.guardedPorts()
                : null;
    }

    /** Has what a server accepts pass here. */
    void watch(ServerBootstrap server) {
        server.handler(porter);
    }

    private @Nullable GuardedPort guarded(Channel server) {
        return server.localAddress() instanceof InetSocketAddress bound
                ? byPort.get(bound.getPort())
                : null;
    }

    /** Sees accepted sockets ahead of the acceptor, which hands them to an event loop. */
    @ChannelHandler.Sharable
    private final class Porter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            GuardedPort guarded = guarded(context.channel());
            if (guarded == null || !(message instanceof Channel client)) {
                context.fireChannelRead(message);
                return;
            }
            if (guarded.enter(client.remoteAddress()) != null) {
                client.unsafe().closeForcibly();
                return;
            }
            client.pipeline().addFirst(ConnectionWatch.NAME, new ConnectionWatch(guarded, client));
            client.pipeline().addAfter(ConnectionWatch.NAME, null, new UpgradeWatch());
            context.fireChannelRead(client);
        }
    }
}
