package io.penstock.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.tls.ClientTls;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates are exchanged under the eyes of clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsReloadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private static Path directory;
    private final TestAuthority authority = new TestAuthority("CN=authority");
    private ClientTls client;

    @BeforeAll
    void makeAuthority() throws Exception {
        client =
                new ClientTls(
                        authority.write(directory.resolve("ca.pem")).toString(), "", "", false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "jdk"})
    void aNewCertificateIsShownAndNoRequestFails(String engine) throws Exception {
        String tls = authority.issue(directory, engine, "CN=first").yaml() + ", engine: " + engine;
        try (SecureNode node =
                new SecureNode(
                        directory.resolve("data-" + engine), tls + ", reload_ms: 100", client)) {
            HttpClient open = node.http(Version.HTTP_2);
            assertThat(SecureNode.push(open, node.data()).statusCode()).isEqualTo(200);
            try (Load load = new Load(node)) {
                for (int round = 0; round < 5; round++) {
                    String subject = "CN=round " + round;
                    authority.issue(directory, engine, subject);
                    until(() -> shown(node.dataPort()).equals(subject));
                    until(() -> shown(node.gateway().adminPort()).equals(subject));
                }
                long before = load.answered.get();
                until(() -> load.answered.get() > before + 20);
                assertThat(load.faults).isEmpty();
            }
            // the connection from before the first exchange is the same one
            var answer = SecureNode.push(open, node.data());
            assertThat(answer.statusCode()).isEqualTo(200);
            X509Certificate seen =
                    (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
            assertThat(seen.getSubjectX500Principal().getName()).isEqualTo("CN=first");
            // and HTTP/2 is still spoken by those that come now
            assertThat(SecureNode.push(node.http(Version.HTTP_2), node.data()).version())
                    .isEqualTo(Version.HTTP_2);
        }
    }

    @Test
    void filesThatDoNotDoAreToldAndTheOldOnesStay() throws Exception {
        Instant ends = Instant.now().plus(Duration.ofHours(5)).truncatedTo(ChronoUnit.SECONDS);
        TestAuthority.Issued issued = authority.issue(directory, "bad", "CN=good", ends);
        try (SecureNode node =
                new SecureNode(
                        directory.resolve("bad"), issued.yaml() + ", reload_ms: 0", client)) {
            assertThat(node.admin("GET", "/metrics"))
                    .contains(
                            "penstock_tls_certificate_expiry_timestamp_seconds{port=\"ingress\"} "
                                    + ends.getEpochSecond());
            Files.writeString(issued.certificate(), "no certificate");
            String fault = "cert_file: " + issued.certificate() + ": holds no certificate";
            assertThat(node.admin("POST", "/v1/tls/reload"))
                    .contains("ingress.tls." + fault, "admin.tls." + fault, "CN=good");
            assertThat(shown(node.dataPort())).isEqualTo("CN=good");
            assertThat(node.admin("GET", "/metrics"))
                    .contains("penstock_tls_reloads_total{port=\"ingress\",result=\"failed\"} 1");

            // half of the exchange: the certificate is there, its key is not
            byte[] key = Files.readAllBytes(issued.key());
            authority.issue(directory, "bad", "CN=better");
            byte[] better = Files.readAllBytes(issued.key());
            Files.write(issued.key(), key);
            assertThat(node.admin("POST", "/v1/tls/reload")).contains("is not the key of");
            assertThat(shown(node.dataPort())).isEqualTo("CN=good");

            Files.write(issued.key(), better);
            assertThat(node.admin("POST", "/v1/tls/reload"))
                    .contains("CN=better")
                    .doesNotContain("fault\"");
            assertThat(shown(node.dataPort())).isEqualTo("CN=better");
            assertThat(node.admin("GET", "/metrics"))
                    .contains("penstock_tls_reloads_total{port=\"ingress\",result=\"ok\"} 1");
        }
    }

    /** Two clients: one opens a connection for each request, one keeps its own. */
    private static final class Load implements AutoCloseable {
        final AtomicLong answered = new AtomicLong();
        final List<String> faults = new CopyOnWriteArrayList<>();
        private final AtomicBoolean over = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        Load(SecureNode node) {
            HttpClient kept = node.http(Version.HTTP_2);
            for (boolean fresh : new boolean[] {true, false}) {
                Thread thread = new Thread(() -> run(node, fresh ? null : kept));
                thread.start();
                threads.add(thread);
            }
        }

        private void run(SecureNode node, @Nullable HttpClient kept) {
            while (!over.get()) {
                try {
                    String answer =
                            kept == null
                                    ? node.pushOnce()
                                    : String.valueOf(
                                            SecureNode.push(kept, node.data()).statusCode());
                    if (!answer.contains("200")) {
                        faults.add("answered " + answer);
                    }
                    answered.incrementAndGet();
                } catch (Exception failed) {
                    faults.add(String.valueOf(failed));
                }
            }
        }

        @Override
        public void close() {
            over.set(true);
            try {
                for (Thread thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException hurried) {
                throw new AssertionError(hurried);
            }
        }
    }

    private String shown(int port) {
        try (SSLSocket socket =
                (SSLSocket) client.context().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return socket.getSession().getPeerPrincipal().getName();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(endNs);
            Thread.sleep(5);
        }
    }
}
