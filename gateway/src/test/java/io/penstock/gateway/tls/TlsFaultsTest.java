package io.penstock.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.tls.ClientTls;
import io.penstock.gateway.boot.StartException;
import io.penstock.model.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with files is said with their key, by validate and at the start. */
class TlsFaultsTest {
    @TempDir private Path directory;
    private TestAuthority authority;
    private TestAuthority.Issued good;

    @BeforeEach
    void makeCertificates() throws Exception {
        authority = new TestAuthority("CN=authority");
        good = authority.issue(directory, "good", "CN=good");
    }

    private static String fault(Path certificate, Path key) {
        Tls tls =
                new Tls(
                        certificate.toString(),
                        key.toString(),
                        "",
                        Tls.ClientAuth.NONE,
                        "1.2",
                        Tls.Engine.JDK,
                        10_000,
                        0);
        return String.join("\n", TlsPorts.faults(tls, Tls.OFF, Tls.OFF));
    }

    private Path file(String text) throws Exception {
        return Files.writeString(directory.resolve("file"), text);
    }

    @Test
    void filesThatFitHaveNoFault() {
        assertThat(fault(good.certificate(), good.key())).isEmpty();
    }

    @Test
    void eachFaultNamesItsKeyItsFileAndTheReason() throws Exception {
        Path nowhere = directory.resolve("nowhere");
        assertThat(fault(nowhere, good.key()))
                .isEqualTo("ingress.tls.cert_file: " + nowhere + ": there is no such file");
        assertThat(fault(good.certificate(), nowhere))
                .isEqualTo("ingress.tls.key_file: " + nowhere + ": there is no such file");
        assertThat(fault(directory, good.key()))
                .contains("ingress.tls.cert_file", "cannot be read");
        assertThat(fault(file("nonsense"), good.key()))
                .contains("holds no certificate in PEM form");
        assertThat(fault(good.key(), good.key())).contains("holds no certificate in PEM form");
        assertThat(fault(good.certificate(), good.certificate()))
                .contains("ingress.tls.key_file", "holds no private key in PEM form");
        Path other = authority.issue(directory, "other", "CN=other").key();
        assertThat(fault(good.certificate(), other))
                .contains("ingress.tls.key_file", "is not the key of the certificate");
        String locked =
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
        assertThat(fault(good.certificate(), file(locked))).contains("with a passphrase");
        String cut = Files.readString(good.certificate()).replaceFirst("(?s)\n.{200}", "\n");
        assertThat(fault(file(cut), good.key())).contains("ingress.tls.cert_file");
    }

    @Test
    void aCertificateThatHasExpiredIsWarnedOf() throws Exception {
        Instant past = Instant.now().minus(Duration.ofDays(1));
        TestAuthority.Issued old = authority.issue(directory, "old", "CN=old", past);
        KeyMaterial material =
                KeyMaterial.read(
                        "tls",
                        new Tls(
                                old.certificate().toString(),
                                old.key().toString(),
                                "",
                                Tls.ClientAuth.NONE,
                                "1.2",
                                Tls.Engine.JDK,
                                10_000,
                                0));
        assertThat(material.warning(Instant.now())).contains("has expired");
        assertThat(material.warning(past.minusSeconds(5))).isEmpty();
    }

    @Test
    void aNodeDoesNotStartWithThem() {
        String tls = "cert_file: /nowhere/a.pem, key_file: /nowhere/a.key";
        assertThatThrownBy(() -> new SecureNode(directory.resolve("data"), tls, ClientTls.PLATFORM))
                .isInstanceOf(StartException.class)
                .hasMessage("ingress.tls.cert_file: /nowhere/a.pem: there is no such file");
    }

    @Test
    void keysThatDoNotGoTogetherAreRefusedBeforeFilesAreRead() {
        assertThatThrownBy(() -> tls("a", "", "", Tls.ClientAuth.NONE, "1.2"))
                .hasMessageStartingWith("key_file: ");
        assertThatThrownBy(() -> tls("", "", "ca", Tls.ClientAuth.REQUIRED, "1.2"))
                .hasMessageStartingWith("ca_file: ");
        assertThatThrownBy(() -> tls("a", "b", "", Tls.ClientAuth.REQUEST, "1.2"))
                .hasMessageStartingWith("client_auth: ");
        assertThatThrownBy(() -> tls("a", "b", "ca", Tls.ClientAuth.NONE, "1.2"))
                .hasMessageStartingWith("client_auth: ");
        assertThatThrownBy(() -> tls("a", "b", "", Tls.ClientAuth.NONE, "1.1"))
                .hasMessageStartingWith("min_version: ");
    }

    private static Tls tls(
            String certificate, String key, String ca, Tls.ClientAuth auth, String version) {
        return new Tls(certificate, key, ca, auth, version, Tls.Engine.OPENSSL, 10_000, 10_000);
    }
}
