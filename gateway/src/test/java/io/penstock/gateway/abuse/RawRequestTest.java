package io.penstock.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.ingest.Batches;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests of HTTP/1.1 that two readers may read in two ways, and paths that are not what they look
 * like, sent to both ports byte for byte. A request that is to be smuggled past one who reads it
 * otherwise stands behind each: it must never be answered.
 */
class RawRequestTest {
    private static final byte[] BATCH = Batches.batch(3, 10).toByteArray();
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir private Path directory;

    /**
     * A request.
     *
     * @param head all of it but the empty line
     * @param body what follows
     * @param data statuses of the data port's answers
     * @param admin those of the admin port
     */
    private record Raw(String head, String body, List<Integer> data, List<Integer> admin) {}

    private static Raw both(String head, String body, Integer... statuses) {
        return new Raw(head, body, List.of(statuses), List.of(statuses));
    }

    private static final String PUSH = "POST /v1/repos/web/batches HTTP/1.1\r\nHost: localhost\r\n";
    private static final String TEXT = "Content-Type: text/plain\r\n";

    private static final List<Raw> TABLE =
            List.of(
                    // RFC 9112 section 6.1: both lengths are an attack, or an error
                    both(
                            PUSH + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                            "0\r\n\r\n",
                            400),
                    both(
                            PUSH + "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
                            "0\r\n\r\n",
                            400),
                    both(PUSH + "Content-Length: 5\r\nContent-Length: 6\r\n", "hello\n", 400),
                    both(PUSH + "Content-Length: 5, 6\r\n", "hello\n", 400),
                    both(PUSH + "Content-Length: +5\r\n", "hello", 400),
                    both(PUSH + "Content-Length: -1\r\n", "", 400),
                    both(PUSH + "Content-Length: 0x5\r\n", "hello", 400),
                    both(PUSH + "Transfer-Encoding: gzip, chunked, identity\r\n", "0\r\n\r\n", 400),
                    // RFC 9112 section 5.1: no space between name and colon
                    both(PUSH + "Content-Length : 5\r\n", "hello", 400),
                    // NUL, and what is no token
                    both(PUSH + "X-A: b\0c\r\n", "", 400),
                    both(PUSH + "X\0A: b\r\n", "", 400),
                    // of a target nothing is decoded, and nothing is under this one
                    both("GET /livez\0 HTTP/1.1\r\nHost: localhost\r\n", "", 404, 404),
                    // request lines
                    both("GET /livez HTTP/9.9\r\nHost: localhost\r\n", "", 400),
                    both("GET  /livez\r\nHost: localhost\r\n", "", 400),
                    both("GET /" + "a".repeat(5000) + " HTTP/1.1\r\nHost: localhost\r\n", "", 414),
                    both("GET / HTTP/1.1\r\nX-A: " + "a".repeat(20_000) + "\r\n", "", 431));

    @Test
    void whatCanBeReadInTwoWaysIsRefused() throws Exception {
        try (TestNode node = TestNode.start(directory, "")) {
            List<String> wrong = new ArrayList<>();
            for (Raw raw : TABLE) {
                String request = raw.head() + "\r\n" + raw.body() + SMUGGLED;
                check(port(node.data()), request, raw.data(), wrong);
                check(port(node.admin()), request, raw.admin(), wrong);
            }
            assertThat(wrong).isEmpty();
        }
    }

    private static void check(int port, String request, List<Integer> expected, List<String> wrong)
            throws IOException {
        List<Integer> statuses = statuses(port, request);
        // some are closed without an answer, which is as good: what is behind them was not read
        boolean closed = statuses.isEmpty() && expected.get(0) == 400;
        if (!closed && !statuses.equals(expected)) {
            String shown = request.length() > 120 ? request.substring(0, 120) + "..." : request;
            wrong.add(port + " answers " + statuses + ", not " + expected + ":\n" + shown);
        }
    }

    private static List<Integer> statuses(int port, String request) throws IOException {
        try (Attacker client = new Attacker(port)) {
            client.trySend(request.getBytes(StandardCharsets.ISO_8859_1));
            client.halfClose();
            List<Integer> statuses = new ArrayList<>();
            Matcher status = STATUS.matcher(client.drain());
            while (status.find()) {
                statuses.add(Integer.valueOf(status.group(1)));
            }
            return statuses;
        } catch (SocketTimeoutException open) {
            return List.of(-1);
        }
    }

    @Test
    void namesThatHideSomethingAreNoRepos() throws Exception {
        try (TestNode node = TestNode.start(directory, "")) {
            for (String name :
                    List.of(
                            "..",
                            "%2e%2e",
                            "a%2fb",
                            "a%5cb",
                            "a%00",
                            "%00",
                            "a%0d%0aX: y",
                            "%c0%ae%c0%ae",
                            "%",
                            "%2",
                            "%zz",
                            "a;b",
                            ".",
                            "a%252e",
                            "%ef%bc%8e")) {
                assertThat(push(node, "/v1/repos/" + name.replace(" ", "%20") + "/batches"))
                        .as(name)
                        .isIn("400", "404");
            }
            // the absolute form, which RFC 9112 section 3.2.2 has servers take
            assertThat(push(node, "http://elsewhere/v1/repos/web/batches")).isIn("200", "404");
            assertThat(push(node, "/v1/repos/web/batches?x=%2e")).isEqualTo("200");
            assertThat(push(node, "/v1/repos/w%65b/batches")).isEqualTo("200");
            assertThat(push(node, "//v1/repos/web/batches")).isEqualTo("404");
            assertThat(push(node, "/v1/./repos/web/batches")).isEqualTo("404");
        }
    }

    @Test
    void aClientThatExpectsToBeAskedIsAskedWhereItsRequestMayPass() throws Exception {
        try (TestNode node = TestNode.start(directory, "");
                Attacker client = new Attacker(port(node.data()))) {
            client.text(
                    PUSH
                            + "Content-Type: application/x-protobuf\r\nExpect: 100-continue\r\n"
                            + "Content-Length: "
                            + BATCH.length
                            + "\r\n\r\n");
            assertThat(client.read("\r\n\r\n")).startsWith("HTTP/1.1 100");
            client.send(BATCH);
            assertThat(client.read("\r\n\r\n")).startsWith("HTTP/1.1 200");
        }
        try (TestNode node = TestNode.start(directory.resolve("again"), "");
                Attacker client = new Attacker(port(node.data()))) {
            client.text(PUSH + TEXT + "Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
            assertThat(client.read("\r\n\r\n")).startsWith("HTTP/1.1 413");
        }
    }

    private static String push(TestNode node, String target) throws IOException {
        try (Attacker client = new Attacker(port(node.data()))) {
            client.text(
                    "POST "
                            + target
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n"
                            + "Content-Length: "
                            + BATCH.length
                            + "\r\n\r\n");
            client.send(BATCH);
            return client.read("\r\n\r\n").substring(9, 12);
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }
}
