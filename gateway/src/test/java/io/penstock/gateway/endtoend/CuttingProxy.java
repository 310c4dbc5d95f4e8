package io.penstock.gateway.endtoend;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes bytes on, and cuts the connection instead of passing certain pieces of the answers: what
 * they acknowledged has been done, and nobody heard of it.
 *
 * <p>Threading: any thread; sockets are handled on event loops of its own.
 */
final class CuttingProxy implements AutoCloseable {

    private static final int WAIT_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final int behind;
    private final Set<Integer> lost;
    private final AtomicInteger pieces = new AtomicInteger();
    private final NetServer server;

    /**
     * A proxy before a port.
     *
     * @param lost which pieces of the answers are lost, counted from 0 over all connections
     */
    CuttingProxy(int behind, Set<Integer> lost) throws TimeoutException {
        this.behind = behind;
        this.lost = lost;
        server =
                vertx.createNetServer()
                        .connectHandler(this::connect)
                        .listen(0, "127.0.0.1")
                        .await(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    int port() {
        return server.actualPort();
    }

    /** Pieces of answers so far. */
    int pieces() {
        return pieces.get();
    }

    private void connect(NetSocket near) {
        near.pause();
        client.connect(behind, "127.0.0.1")
                .onFailure(nobody -> near.close())
                .onSuccess(
                        far -> {
                            near.handler(far::write);
                            far.handler(answer -> back(near, far, answer));
                            near.closeHandler(closed -> far.close());
                            far.closeHandler(closed -> near.close());
                            near.exceptionHandler(broken -> far.close());
                            far.exceptionHandler(broken -> near.close());
                            near.resume();
                        });
    }

    private void back(NetSocket near, NetSocket far, Buffer answer) {
        if (lost.contains(pieces.getAndIncrement())) {
            far.handler(more -> {});
            near.close();
        } else {
            near.write(answer);
        }
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
