package io.penstock.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.Gzip;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong is named, and what was accepted before stays accepted. */
class HttpBadInputTest {
    private static final byte[] BATCH = Batches.batch(3, 10).toByteArray();
    private static final String PATH = "/v1/repos/web/batches";
    private static final String PROTOBUF = "application/x-protobuf";

    private DataPort port;

    @BeforeEach
    void openWithOneBatchAccepted() {
        port = new DataPort(DataPort.small(), 1, List.of(HttpIngress::new));
        assertThat(good(port.client(HttpVersion.HTTP_1_1)).status()).isEqualTo(200);
    }

    @AfterEach
    void nothingAcceptedIsLost() {
        assertThat(port.intake().staged()).hasSize(1);
        assertThat(port.intake().staged().get(0).body()).isEqualTo(BATCH);
        assertThat(good(port.client(HttpVersion.HTTP_2)).status()).isEqualTo(200);
        DataPort.awaitUntil("no bytes in flight", () -> port.node().budget().usedBytes() == 0);
        DataPort.awaitUntil("no calls open", () -> port.node().http().openCalls() == 0);
        port.close();
    }

    private static HttpAnswer good(HttpClient client) {
        return HttpAnswer.post(client, PATH, BATCH, "content-type", PROTOBUF);
    }

    private static void refused(HttpAnswer answer, int status, String... words) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        for (String word : words) {
            assertThat(answer.error()).contains(word);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void bytesThatAreNotTheirEncoding(HttpVersion version) {
        HttpClient client = port.client(version);
        byte[] garbage = new byte[100];
        Arrays.fill(garbage, (byte) 0xff);
        refused(
                HttpAnswer.post(client, PATH, garbage, "content-type", PROTOBUF),
                400,
                "malformed: ",
                "@0");
        refused(
                HttpAnswer.post(
                        client,
                        PATH,
                        Arrays.copyOf(BATCH, BATCH.length - 4),
                        "content-type",
                        PROTOBUF),
                400,
                "malformed: byte ",
                "a length says");
        refused(json(client, "application/json", "[{\"a\":1},"), 400, "malformed", "@");
        refused(
                json(client, "application/x-ndjson", "{\"a\":1}\n{\"a\"}\n"),
                400,
                "malformed",
                "@");
    }

    private static HttpAnswer json(HttpClient client, String type, String text) {
        return HttpAnswer.post(
                client, PATH, text.getBytes(StandardCharsets.UTF_8), "content-type", type);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void bodiesWithoutARecord(HttpVersion version) {
        HttpClient client = port.client(version);
        refused(
                HttpAnswer.post(client, PATH, new byte[0], "content-type", PROTOBUF),
                400,
                "record");
        refused(json(client, "application/json", "[]"), 400, "record");
        refused(json(client, "application/x-ndjson", "\n\n"), 400, "record");
        refused(json(client, "text/plain", ""), 400, "record");
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void typesAndCodingsThatAreUnknown(HttpVersion version) {
        HttpClient client = port.client(version);
        HttpAnswer xml = HttpAnswer.post(client, PATH, BATCH, "content-type", "text/xml");
        refused(xml, 415, "unknown_type", "application/x-protobuf");
        assertThat(xml.header("accept-post")).contains("application/x-ndjson");
        refused(HttpAnswer.post(client, PATH, BATCH), 415, "unknown_type");
        refused(
                HttpAnswer.post(client, PATH, BATCH, "content-type", "text/plain; charset=latin1"),
                415,
                "UTF-8");
        HttpAnswer brotli =
                HttpAnswer.post(
                        client, PATH, BATCH, "content-type", PROTOBUF, "content-encoding", "br");
        refused(brotli, 415, "unknown_coding");
        assertThat(brotli.header("accept-encoding")).isEqualTo("gzip, zstd");
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void pathsAndMethodsThatAreNone(HttpVersion version) {
        HttpClient client = port.client(version);
        for (String path :
                List.of("/", "/v1/repos", "/v1/repos/web", "/v1/repos/a/b/batches", "/v2/x")) {
            refused(
                    HttpAnswer.post(client, path, BATCH, "content-type", PROTOBUF),
                    404,
                    "unknown_path");
        }
        HttpAnswer get = HttpAnswer.send(client, HttpMethod.GET, PATH, new byte[0]);
        refused(get, 405, "wrong_method");
        assertThat(get.header("allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void namesThatAreNoRepoNames(HttpVersion version) {
        HttpClient client = port.client(version);
        refusedName(client, "", "repo name is empty");
        refusedName(client, "..", "starts with '.'");
        refusedName(client, "%2e%2e%2f%2e%2e%2fetc", "starts with '.'");
        refusedName(client, "a%2Fb", "U+002F at 1");
        refusedName(client, "a%5Cb", "U+005C at 1");
        refusedName(client, "a%00b", "U+0000 at 1");
        refusedName(client, "a%0d%0ab", "U+000D at 1");
        refusedName(client, "a%252e", "U+0025 at 1");
        refusedName(client, "a%zz", "not followed by two hexadecimal digits");
        refusedName(client, "a%2", "not followed by two hexadecimal digits");
        refusedName(client, "Web", "U+0057 at 0");
        refusedName(client, "w%C3%A9b", "U+00E9 at 1");
        refusedName(client, "x".repeat(129), "129 characters, the limit is 128");
        refusedName(client, "x".repeat(500), "longer than 128");
    }

    private static void refusedName(HttpClient client, String name, String fault) {
        refused(
                HttpAnswer.post(
                        client, "/v1/repos/" + name + "/batches", BATCH, "content-type", PROTOBUF),
                400,
                "malformed",
                fault);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void headersThatAreNone(HttpVersion version) {
        HttpClient client = port.client(version);
        refusedHeaders(client, "go together", "Penstock-Producer", "1");
        refusedHeaders(client, "go together", "Penstock-Sequence", "1");
        refusedHeaders(client, "hexadecimal", "Penstock-Producer", "xyz", "Penstock-Sequence", "1");
        refusedHeaders(client, "decimal", "Penstock-Producer", "1", "Penstock-Sequence", "-1");
        refusedHeaders(client, "staged, synced or delivered", "Penstock-Ack", "maybe");
        HttpAnswer zero = headers(client, "Penstock-Producer", "1", "Penstock-Sequence", "0");
        refused(zero, 409, "bad_sequence", "sequence 0");
    }

    private static void refusedHeaders(HttpClient client, String word, String... headers) {
        refused(headers(client, headers), 400, "malformed", word);
    }

    private static HttpAnswer headers(HttpClient client, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "content-type";
        all[headers.length + 1] = PROTOBUF;
        return HttpAnswer.post(client, PATH, BATCH, all);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void bodiesOverTheLimit(HttpVersion version) {
        HttpClient client = port.client(version);
        byte[] tooLong = new byte[(1 << 20) + 1];
        refused(
                HttpAnswer.post(client, PATH, tooLong, "content-type", PROTOBUF),
                413,
                "too_large: body of 1048577 bytes, the limit is 1048576");
        refused(
                HttpAnswer.post(
                        client,
                        PATH,
                        Batches.batch(1, 70_000).toByteArray(),
                        "content-type",
                        PROTOBUF),
                413,
                "record 1 has 700");
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void bombs(HttpVersion version) {
        HttpClient client = port.client(version);
        byte[] zeros = new byte[64 << 20];
        refused(bomb(client, Gzip.of(zeros), "gzip"), 413, "gzip data inflates to over");
        refused(bomb(client, Zstd.compress(zeros), "zstd"), 413, "zstd data inflates to over");
        refused(bomb(client, new byte[40], "gzip"), 400, "gzip data");
        refused(bomb(client, new byte[40], "zstd"), 400, "zstd data");
    }

    private static HttpAnswer bomb(HttpClient client, byte[] body, String coding) {
        return HttpAnswer.post(
                client, PATH, body, "content-type", "text/plain", "content-encoding", coding);
    }
}
