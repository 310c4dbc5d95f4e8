package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.tls.ClientTls;
import io.penstock.gateway.tls.SecureNode;
import io.penstock.gateway.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Verbs talk to a node whose ports speak TLS and ask who comes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsCommandTest {
    private static final String LINE = "{\"n\":1}\n";

    @TempDir private static Path directory;
    private String ca;
    private String tls;
    private SecureNode node;
    private String[] named;

    @BeforeAll
    void start() throws Exception {
        TestAuthority authority = new TestAuthority("CN=authority");
        ca = authority.write(directory.resolve("ca.pem")).toString();
        TestAuthority.Issued own = authority.issue(directory, "me", "CN=me");
        tls =
                authority.issue(directory, "node", "CN=node").yaml()
                        + ", ca_file: '"
                        + ca
                        + "', client_auth: required";
        named =
                new String[] {
                    "--tls-ca=" + ca, "--tls-cert=" + own.certificate(), "--tls-key=" + own.key()
                };
        node =
                new SecureNode(
                        directory.resolve("data"),
                        tls,
                        new ClientTls(
                                ca, own.certificate().toString(), own.key().toString(), false));
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private Cli push(String... more) {
        return Cli.withInput(
                LINE, arguments(new String[] {"push", "--repo=web", "--to=" + node.data()}, more));
    }

    private static String[] arguments(String[] some, String... more) {
        String[] all = new String[some.length + more.length];
        System.arraycopy(some, 0, all, 0, some.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    @Test
    void pushGoesOverTls() {
        assertThat(push(named)).satisfies(TlsCommandTest::isWell);
        assertThat(push(arguments(named, "--raw"))).satisfies(TlsCommandTest::isWell);
    }

    private static void isWell(Cli run) {
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("1 records");
    }

    @Test
    void pushWithoutACertificateOrTrustReachesNobody() {
        // with TLS 1.3 the handshake is over for a client before the server has seen that there is
        // no certificate; the end may then come as that of any connection
        assertThat(push("--retry-seconds=1", "--tls-ca=" + ca).code())
                .isIn(ExitCode.UNREACHABLE, ExitCode.FAILED);
        assertThat(push("--retry-seconds=1", "--tls").code()).isEqualTo(ExitCode.UNREACHABLE);
        // somebody is there, who ends what is not TLS
        assertThat(push("--retry-seconds=1").code()).isEqualTo(ExitCode.FAILED);
    }

    private Cli live(String admin) {
        return Cli.run(arguments(new String[] {"nodes", admin}, named));
    }

    @Test
    void verbsOfTheAdminPortGoOverTls() {
        Cli nodes = live("--admin=" + node.admin());
        assertThat(nodes.code()).as(nodes.err()).isZero();
        Cli spelled = live("--admin=https://" + node.admin());
        assertThat(spelled.code()).as(spelled.err()).isZero();
        Cli plain = Cli.run("nodes", "--admin=" + node.admin());
        assertThat(plain.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(plain.err()).contains("say --tls");
    }

    @Test
    void aVerbWithTheNodesOwnConfigurationFindsOutThatItSpeaksTls() throws Exception {
        Path file = directory.resolve("gateway.yaml");
        Files.writeString(
                file,
                "node: {data_dir: '%s'}\nadmin: {tls: {%s}}\n"
                        .formatted(directory.resolve("data"), tls));
        // trust comes from the configuration, a certificate of its own does not
        Cli nodes = Cli.run("nodes", "--config=" + file, named[1], named[2]);
        assertThat(nodes.code()).as(nodes.err()).isZero();
    }

    @Test
    void optionsThatDoNotDoAreNamed() {
        assertThat(push("--tls-ca=/nowhere").err())
                .contains("--tls-ca: /nowhere: there is no such file");
        assertThat(push("--tls-cert=/nowhere").err()).contains("--tls-key: goes with --tls-cert");
        assertThat(push("--tls-ca=" + ca, "--tls-trust-all").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void validateReadsTheFilesToo() throws Exception {
        Path file = directory.resolve("faulty.yaml");
        Files.writeString(
                file, "ingress: {tls: {cert_file: '%s', key_file: /nowhere}}\n".formatted(ca));
        Cli validate = Cli.run("validate", "--config=" + file);
        assertThat(validate.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(validate.err())
                .contains("ingress.tls.key_file: /nowhere: there is no such file");
    }
}
