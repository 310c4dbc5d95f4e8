package io.penstock.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Queries, bodies and hosts that cannot be read: each is answered, and by no defect. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedQuestionsTest {
    private static final String LOCAL = "127.0.0.1";

    private TestNode node;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        node = TestNode.start(directory, "");
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private static String ask(String address, String line, String host, String body)
            throws IOException {
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        try (Attacker client = new Attacker(port)) {
            client.trySend(
                    (line
                                    + " HTTP/1.1\r\nHost: "
                                    + host
                                    + "\r\nConnection: close\r\nContent-Length: "
                                    + body.length()
                                    + "\r\n\r\n"
                                    + body)
                            .getBytes(StandardCharsets.ISO_8859_1));
            return client.drain();
        }
    }

    @Test
    void aQueryThatIsNoTextIsRefusedInTheWordsOfTheDoor() throws Exception {
        String point = "cpu v=1";
        assertThat(ask(node.data(), "POST /write?db=%zz", LOCAL, point))
                .startsWith("HTTP/1.1 400 ")
                .contains("{\"error\":\"the query is not percent-encoded text\"}");
        assertThat(ask(node.data(), "POST /api/v2/write?bucket=a&x=%", LOCAL, point))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"invalid\"");
    }

    @Test
    void aQueryThatIsNoTextIsRefusedByTheAdminPort() throws Exception {
        for (String line :
                new String[] {
                    "POST /v1/tls/reload?x=%zz", "GET /v1/node?x=%zz", "GET /v1/tail?repo=%"
                }) {
            assertThat(ask(node.admin(), line, LOCAL, "")).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void bodiesThatAreTooDeepOrTooLargeForAReaderAreNoDefect() throws Exception {
        String lists = "[".repeat(990) + "]".repeat(990);
        String objects = "{\"a\":".repeat(150) + "1" + "}".repeat(150);
        String digits = "1" + "0".repeat(5000);
        for (String value : new String[] {lists, objects, digits}) {
            String body = "{\"sink\":" + value + "}";
            assertThat(ask(node.admin(), "PUT /v1/exports/web/x", LOCAL, body))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("the body is no JSON: ");
        }
    }

    @Test
    void aHostThatCannotBeReadIsNotThisNode() throws Exception {
        for (String host : new String[] {"evil.example:99999", "a:b:c", "evil.example:x", "%"}) {
            assertThat(ask(node.admin(), "GET /v1/node", host, ""))
                    .as(host)
                    .startsWith("HTTP/1.1 403 ");
        }
        assertThat(ask(node.admin(), "GET /v1/node", LOCAL, "")).startsWith("HTTP/1.1 200 ");
    }
}
