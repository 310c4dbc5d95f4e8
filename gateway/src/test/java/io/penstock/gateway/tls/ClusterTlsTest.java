package io.penstock.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.tls.ClientTls;
import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.config.ConfigException;
import io.penstock.loopback.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port between nodes of a real node that is a cluster of its own. */
class ClusterTlsTest {
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    @TempDir private Path directory;

    private static String yaml(int forwardPort, String tls) throws IOException {
        return """
        cluster: {enabled: true, members: ['127.0.0.1:%1$d'], port: %1$d, port_count: 1, forward_port: %2$d, tls: {%3$s}}
        """
                .formatted(FreePorts.one(), forwardPort, tls);
    }

    private static String ask(Socket socket) throws IOException {
        try (socket) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(REQUEST);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static Socket secure(ClientTls tls, int port) throws IOException {
        return tls.context()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void onlyNodesOfTheSameAuthorityAreHeard() throws Exception {
        TestAuthority nodes = new TestAuthority("CN=nodes");
        String ca = nodes.write(directory.resolve("ca.pem")).toString();
        TestAuthority.Issued other = nodes.issue(directory, "other", "CN=other");
        TestAuthority.Issued stranger =
                new TestAuthority("CN=nodes").issue(directory, "stranger", "CN=stranger");
        int port = FreePorts.one();
        String tls =
                nodes.issue(directory, "node", "CN=node").yaml()
                        + ", ca_file: '%s', client_auth: required".formatted(ca);
        try (TestNode node = TestNode.start(directory.resolve("data"), yaml(port, tls))) {
            assertThat(ask(secure(client(ca, other), port))).startsWith("HTTP/1.1 404");
            assertThatThrownBy(() -> ask(secure(client(ca, stranger), port)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> ask(secure(new ClientTls(ca, "", "", false), port)))
                    .isInstanceOf(IOException.class);
            assertThat(ask(new Socket(InetAddress.getLoopbackAddress(), port)))
                    .doesNotContain("HTTP");
            assertThat(node.gateway().config().cluster().tls().isOn()).isTrue();
        }
    }

    private static ClientTls client(String ca, TestAuthority.Issued issued) {
        return new ClientTls(ca, issued.certificate().toString(), issued.key().toString(), false);
    }

    @Test
    void nodesThatAskForNoCertificateAreRefusedByTheConfiguration() {
        String tls = "cert_file: a.pem, key_file: a.key";
        assertThatThrownBy(
                        () -> TestNode.make(TestNode.yaml(directory, yaml(FreePorts.one(), tls))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("client_auth must be required");
    }
}
