package io.penstock.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.tls.ClientTls;
import io.penstock.model.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who a client is, by its certificate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerIdentityTest {
    @TempDir private static Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final TestAuthority authority = new TestAuthority("CN=authority");
    private String caFile;
    private TestAuthority.Issued own;
    private ClientTls named;
    private ClientTls nameless;
    private ClientTls stranger;

    @BeforeAll
    void makeCertificates() throws Exception {
        caFile = authority.write(directory.resolve("ca.pem")).toString();
        own = authority.issue(directory, "node", "CN=node");
        named = client(authority.issue(directory, "shipper", "CN=shipper, O=\"Acme, Inc\""));
        stranger =
                client(new TestAuthority("CN=authority").issue(directory, "other", "CN=shipper"));
        nameless = new ClientTls(caFile, "", "", false);
    }

    private ClientTls client(TestAuthority.Issued issued) {
        return new ClientTls(
                caFile, issued.certificate().toString(), issued.key().toString(), false);
    }

    @AfterAll
    void stop() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private int serve(Tls.ClientAuth auth, Tls.Engine engine) throws Exception {
        boolean asks = auth != Tls.ClientAuth.NONE;
        TlsPort port =
                new TlsPort(
                        "tls",
                        new Tls(
                                own.certificate().toString(),
                                own.key().toString(),
                                asks ? caFile : "",
                                auth,
                                "1.2",
                                engine,
                                10_000,
                                0));
        port.read();
        HttpServer server =
                vertx.createHttpServer(port.apply(new HttpServerOptions()))
                        .requestHandler(
                                request ->
                                        request.response()
                                                .end(
                                                        String.valueOf(
                                                                PeerIdentity.of(
                                                                        request.connection()))));
        return server.listen(0, "127.0.0.1").await(20, TimeUnit.SECONDS).actualPort();
    }

    private static String ask(int port, ClientTls tls) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .sslContext(tls.context())
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @ParameterizedTest
    @EnumSource(Tls.Engine.class)
    void aClientIsWhomItsCertificateNames(Tls.Engine engine) throws Exception {
        int port = serve(Tls.ClientAuth.REQUIRED, engine);
        assertThat(ask(port, named))
                .isEqualTo(
                        "PeerIdentity[subject=CN=shipper,O=Acme\\, Inc, commonName=shipper,"
                                + " names=[dns:localhost, ip:127.0.0.1, uri:spiffe://test/shipper]]");
        assertThatThrownBy(() -> ask(port, nameless)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ask(port, stranger)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(Tls.Engine.class)
    void whereOneIsOnlyRequestedTheNamelessComeInAndStrangersDoNot(Tls.Engine engine)
            throws Exception {
        int port = serve(Tls.ClientAuth.REQUEST, engine);
        assertThat(ask(port, named)).contains("commonName=shipper");
        assertThat(ask(port, nameless)).isEqualTo("null");
        assertThatThrownBy(() -> ask(port, stranger)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(Tls.Engine.class)
    void nobodyIsAnybodyWhereNobodyIsAsked(Tls.Engine engine) throws Exception {
        assertThat(ask(serve(Tls.ClientAuth.NONE, engine), named)).isEqualTo("null");
    }
}
