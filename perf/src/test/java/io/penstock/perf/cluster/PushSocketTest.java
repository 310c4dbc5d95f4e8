package io.penstock.perf.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PushSocketTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final String BUSY =
            "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\n\r\nbusy";

    @Test
    void answersAreReadAndAConnectionThatANodeClosesIsMissed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PushSocket socket = new PushSocket("127.0.0.1", server.getLocalPort())) {
            CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> answer(server));
            byte[] request = "POST".getBytes(StandardCharsets.US_ASCII);

            assertThat(socket.push(request)).isEqualTo(new PushSocket.Answer(200, "{}"));
            assertThat(socket.push(request)).isEqualTo(new PushSocket.Answer(503, "busy"));
            assertThat(socket.open()).isTrue();
            assertThatThrownBy(() -> socket.push(request)).isInstanceOf(IOException.class);
            assertThat(socket.open()).isFalse();
            peer.get(10, TimeUnit.SECONDS);
        }
    }

    /** Two answers, and the end. */
    private static void answer(ServerSocket server) {
        try (Socket one = server.accept()) {
            for (String answer : new String[] {OK, BUSY}) {
                one.getInputStream().readNBytes(4);
                one.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
