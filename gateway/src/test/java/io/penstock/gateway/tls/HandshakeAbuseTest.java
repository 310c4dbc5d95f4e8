package io.penstock.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.tls.ClientTls;
import io.penstock.suite.Alone;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes that never end, and bytes that are none, do not keep others out. */
@Alone
class HandshakeAbuseTest {
    private static final int CONNECTIONS = 400;
    private static final int PUSHES = 20;

    /** More than is configured, and less than the default. */
    private static final long ENOUGH_NS = 8_000_000_000L;

    /** Type, version and length of a record that never comes whole (RFC 8446, section 5.1). */
    private static final byte[] BEGINNING = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    @TempDir private Path directory;
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private SecureNode node(String more) throws Exception {
        TestAuthority authority = new TestAuthority("CN=authority");
        String ca = authority.write(directory.resolve("ca.pem")).toString();
        return new SecureNode(
                directory.resolve("data"),
                authority.issue(directory, "node", "CN=node").yaml() + more,
                new ClientTls(ca, "", "", false));
    }

    private Socket open(SecureNode node, byte[] bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.dataPort());
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        socket.getOutputStream().write(bytes);
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "jdk"})
    void whoStopsInTheMiddleIsClosedAndOthersGoOn(String engine) throws Exception {
        try (SecureNode node = node(", handshake_timeout_ms: 2s, engine: " + engine)) {
            assertThat(node.pushOnce()).contains("200");
            for (int i = 0; i < CONNECTIONS; i++) {
                open(node, i % 2 == 0 ? BEGINNING : new byte[0]);
            }
            for (int i = 0; i < PUSHES; i++) {
                assertThat(node.pushOnce()).contains("200");
            }
            long sinceNs = System.nanoTime();
            for (Socket socket : sockets) {
                assertThat(endsQuietly(socket)).isTrue();
            }
            assertThat(System.nanoTime() - sinceNs)
                    .as("by the time that is configured, not by some other")
                    .isLessThan(ENOUGH_NS);
            assertThat(node.admin("GET", "/metrics"))
                    .contains(
                            "penstock_tls_handshake_failures_total{port=\"ingress\"} "
                                    + CONNECTIONS)
                    .contains("penstock_ingress_connections 0\n");
        }
    }

    @Test
    void garbageIsClosedAtOnceAndOthersGoOn() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("HandshakeAbuseTest: -Dpenstock.seed=" + seed);
        Random random = new Random(seed);
        try (SecureNode node = node("")) {
            for (int i = 0; i < CONNECTIONS; i++) {
                byte[] garbage = new byte[1 + random.nextInt(300)];
                random.nextBytes(garbage);
                if (i % 2 == 0) {
                    System.arraycopy(BEGINNING, 0, garbage, 0, Math.min(5, garbage.length));
                }
                Socket socket = open(node, garbage);
                socket.shutdownOutput();
                assertThat(endsQuietly(socket)).isTrue();
            }
            assertThat(node.pushOnce()).contains("200");
        }
    }

    /** Whether a connection ends without more than an alert; waits for it. */
    private static boolean endsQuietly(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            return in.readAllBytes().length < 64;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
