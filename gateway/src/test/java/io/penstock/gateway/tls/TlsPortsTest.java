package io.penstock.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.client.Batch;
import io.penstock.client.Form;
import io.penstock.client.PenstockClient;
import io.penstock.client.PushReceipt;
import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.push.PushMessage;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.tls.ClientTls;
import io.penstock.gateway.accesslog.AccessLogGenerator;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.penstock.proto.ingest.v1.PushResponse;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcReadStream;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ports of a node speak TLS, by both engines, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsPortsTest {
    private static final ServiceMethod<Buffer, Buffer> PUSH =
            ServiceMethod.client(
                    ServiceName.create("penstock.ingest.v1.IngestService"),
                    "Push",
                    GrpcMessageEncoder.IDENTITY,
                    GrpcMessageDecoder.IDENTITY);

    @TempDir private static Path directory;
    private final Vertx vertx = Vertx.vertx();
    private String tls;
    private ClientTls client;

    @BeforeAll
    void makeCertificates() throws Exception {
        TestAuthority authority = new TestAuthority("CN=authority");
        tls = authority.issue(directory, "node", "CN=node").yaml();
        client =
                new ClientTls(
                        authority.write(directory.resolve("ca.pem")).toString(), "", "", false);
    }

    @AfterAll
    void stop() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private SecureNode node(String more) throws Exception {
        return new SecureNode(directory.resolve("data-" + System.nanoTime()), tls + more, client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "jdk"})
    void speaksEveryProtocolOverTls(String engine) throws Exception {
        try (SecureNode node = node(", engine: " + engine)) {
            assertThat(node.admin("GET", "/v1/tls")).contains("\"engine\":\"" + engine + "\"");
            for (Version version : Version.values()) {
                var answer = SecureNode.push(node.http(version), node.data());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.version()).isEqualTo(version);
            }
            assertThat(pushByGrpc(node.dataPort()).getReceipt().getRecords()).isEqualTo(1);
            assertThat(pushByLibrary(node.data()).records()).isEqualTo(1);
            assertThat(node.admin("GET", "/livez")).contains("running");
        }
    }

    private static byte[] oneRecord() {
        BatchBuilder batch = new BatchBuilder();
        AccessLogField.announce(batch);
        new AccessLogGenerator(1, 1_700_000_000).record(batch);
        return batch.build();
    }

    private PushResponse pushByGrpc(int port) throws Exception {
        byte[] batch = oneRecord();
        PushMessage.Envelope envelope =
                new PushMessage.Envelope(new RepoName("web"), 0, 0, AckLevel.STAGED);
        HttpClientOptions http = client.apply(new HttpClientOptions().setUseAlpn(true));
        GrpcClient grpc = GrpcClient.client(vertx, new GrpcClientOptions(), http);
        SocketAddress address = SocketAddress.inetSocketAddress(port, "127.0.0.1");
        Buffer answer =
                grpc.request(address, PUSH)
                        .compose(
                                request ->
                                        request.send(
                                                PushMessage.of(envelope, batch, 0, batch.length)))
                        .compose(GrpcReadStream::last)
                        .await(20, TimeUnit.SECONDS);
        grpc.close().await(20, TimeUnit.SECONDS);
        return PushResponse.parseFrom(answer.getBytes());
    }

    private PushReceipt pushByLibrary(String node) throws Exception {
        try (PenstockClient library =
                PenstockClient.builder()
                        .endpoint("https://" + node)
                        .tls(client.context())
                        .build()) {
            return library.send(
                            "web",
                            new Batch(
                                    Form.NDJSON, "{\"n\":1}\n".getBytes(StandardCharsets.UTF_8), 1))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void nothingPlainIsAnsweredOnAPortThatSpeaksTls() throws Exception {
        try (SecureNode node = node("")) {
            for (int port : List.of(node.dataPort(), node.gateway().adminPort())) {
                String request = "GET /livez HTTP/1.1\r\nHost: h\r\n\r\n";
                assertThat(answerTo(port, request.getBytes(StandardCharsets.US_ASCII)))
                        .as("an alert at the most (RFC 8446, section 6), and the end")
                        .doesNotContain("HTTP");
            }
            assertThat(node.admin("GET", "/metrics"))
                    .contains("penstock_tls_handshake_failures_total{port=\"ingress\"} 1")
                    .contains("penstock_tls_handshake_failures_total{port=\"admin\"} 1");
        }
    }

    @Test
    void aPortWithoutTlsEndsAHandshakeAtOnce() throws Exception {
        try (SecureNode node = new SecureNode(directory.resolve("plain"), "", client)) {
            HttpClient https = node.http(Version.HTTP_2);
            assertThatThrownBy(() -> SecureNode.push(https, node.data()))
                    .isInstanceOf(IOException.class);
            assertThat(answerTo(node.dataPort(), new byte[] {0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0, 10}))
                    .matches("(?s)HTTP/1.[01] 400 .*");
        }
    }

    /** Sends bytes, and reads until the other side closes. */
    private static String answerTo(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes);
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "jdk"})
    void olderVersionsThanTheLeastAreRefused(String engine) throws Exception {
        try (SecureNode node = node(", min_version: 1.3, engine: " + engine)) {
            assertThat(handshake(node.dataPort(), "TLSv1.3")).isEqualTo("TLSv1.3");
            assertThatThrownBy(() -> handshake(node.dataPort(), "TLSv1.2"))
                    .isInstanceOf(IOException.class);
        }
        try (SecureNode node = node(", engine: " + engine)) {
            assertThat(handshake(node.dataPort(), "TLSv1.2")).isEqualTo("TLSv1.2");
        }
    }

    private String handshake(int port, String version) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) client.context().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }
}
