package io.penstock.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.tls.ClientTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client's certificate lets it do, from the handshake to the answer. */
class CertificateRolesTest {
    private static final String WHO =
            """
            access:
              identities:
                - {subject: shipper, repos: ['acme-*'], roles: [push]}
                - {san: 'uri:spiffe://test/ops*', roles: [read]}
            """;

    private static ClientTls of(String ca, TestAuthority.Issued issued) {
        return new ClientTls(ca, issued.certificate().toString(), issued.key().toString(), false);
    }

    private static int push(SecureNode node, ClientTls who, String repo) throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(who.context()).build();
        return SecureNode.push(client, node.data(), repo).statusCode();
    }

    private static int repos(SecureNode node, ClientTls who, String header) throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(who.context()).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("https://" + node.admin() + "/v1/repos"))
                        .header(header, "other")
                        .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Test
    void itsHolderMayDoWhatTheConfigurationSays(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority("CN=authority");
        String ca = authority.write(directory.resolve("ca.pem")).toString();
        ClientTls shipper = of(ca, authority.issue(directory, "s", "CN=shipper"));
        ClientTls ops = of(ca, authority.issue(directory, "ops-1", "CN=somebody"));
        ClientTls nobody = of(ca, authority.issue(directory, "n", "CN=nobody"));
        ClientTls nameless = new ClientTls(ca, "", "", false);
        String tls =
                authority.issue(directory, "node", "CN=node").yaml()
                        + ", client_auth: request, ca_file: '"
                        + ca
                        + "'";
        try (SecureNode node = new SecureNode(directory.resolve("data"), tls, WHO, ops)) {
            assertThat(push(node, shipper, "acme-web")).isEqualTo(200);
            assertThat(push(node, shipper, "zeta-web")).isEqualTo(403);
            assertThat(push(node, ops, "acme-web")).isEqualTo(403);
            assertThat(push(node, nobody, "acme-web")).isEqualTo(401);
            assertThat(push(node, nameless, "acme-web")).isEqualTo(401);
            assertThat(node.admin("GET", "/v1/repos")).contains("acme-web");
            assertThat(node.admin("POST", "/v1/tls/reload")).contains("lacks the role admin");
            assertThat(repos(node, ops, "X-Nothing")).isEqualTo(200);
            assertThat(repos(node, ops, "Penstock-Asked-By"))
                    .as("a node that asks for somebody else is not that one")
                    .isEqualTo(401);
        }
    }
}
