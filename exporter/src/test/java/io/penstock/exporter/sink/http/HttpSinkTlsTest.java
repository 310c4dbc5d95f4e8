package io.penstock.exporter.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.contract.SinkDriver;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.exporter.sink.web.Http2Mode;
import io.penstock.exporter.sink.web.ScriptedServer;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpSinkTlsTest {

    private static final String PASSWORD = "secret-of-a-test";

    @TempDir static Path keys;
    private final Vertx vertx = Vertx.vertx();

    @BeforeAll
    void makeCertificate() throws Exception {
        String store = keys.resolve("server.p12").toString();
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-keystore",
                store,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-keystore",
                store,
                "-storepass",
                PASSWORD,
                "-file",
                keys.resolve("ca.pem").toString());
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @AfterAll
    void stop() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private static ScriptedServer server(boolean alpn) throws Exception {
        return new ScriptedServer(
                new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(alpn)
                        .setKeyCertOptions(
                                new PfxOptions()
                                        .setPath(keys.resolve("server.p12").toString())
                                        .setPassword(PASSWORD)));
    }

    private Outcome deliver(ScriptedServer server, String caFile, boolean trustAll) {
        // the certificate knows one name of the host only
        String host = trustAll ? "127.0.0.1" : "localhost";
        HttpSinkConfig config =
                new HttpSinkConfig(
                        "https://" + host + ":" + server.port() + "/",
                        "POST",
                        Map.of(),
                        BodyFormat.NDJSON,
                        "",
                        Compression.NONE,
                        10_000,
                        4,
                        Http2Mode.AUTO,
                        List.of(),
                        false,
                        caFile,
                        "",
                        "",
                        trustAll);
        SinkContext context =
                new SinkContext(vertx, new RepoName("repo"), "export", keys, Clock.systemUTC());
        try (var sink = new SinkDriver<>(new HttpSinkFactory(), config, context)) {
            return sink.deliver(TestDelivery.of(1, 1));
        }
    }

    @Test
    void speaksHttp2WhereTlsNegotiatesIt() throws Exception {
        try (ScriptedServer server = server(true)) {
            assertThat(deliver(server, keys.resolve("ca.pem").toString(), false))
                    .isEqualTo(Outcome.DELIVERED);
            assertThat(server.accepted().get(0).version()).isEqualTo(HttpVersion.HTTP_2);
        }
    }

    @Test
    void speaksHttp11WhereTlsDoesNot() throws Exception {
        try (ScriptedServer server = server(false)) {
            assertThat(deliver(server, "", true)).isEqualTo(Outcome.DELIVERED);
            assertThat(server.accepted().get(0).version()).isEqualTo(HttpVersion.HTTP_1_1);
        }
    }

    @Test
    void sendsNothingToAServerThatNobodyVouchesFor() throws Exception {
        try (ScriptedServer server = server(true)) {
            assertThat(deliver(server, "", false)).isInstanceOf(Outcome.Retry.class);
            assertThat(server.accepted()).isEmpty();
        }
    }

    @Test
    void refusesACertificateFileThatIsNotThere() throws Exception {
        try (ScriptedServer server = server(true)) {
            assertThatThrownBy(() -> deliver(server, "/nowhere.pem", false))
                    .hasMessageContaining("ca_file: ");
        }
    }
}
