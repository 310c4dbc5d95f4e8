package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.gateway.boot.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To a real OpenSearch, whose answers get lost. */
class OpensearchTest {

    private static final int RECORDS = 3_000;
    private static final int BATCH = 100;

    @Test
    void everyRecordIsOneDocumentThoughAnswersAreLost(@TempDir Path directory) throws Exception {
        Path there = Files.createDirectories(directory.resolve("opensearch"));
        try (OpensearchServer server = OpensearchServer.start(there);
                AnswerLosingProxy proxy = new AnswerLosingProxy(server.port())) {
            String exports =
                    "exports: [{name: search, repo: numbers,"
                            + " batch: {linger_ms: 0, max_records: 1500}, sink: {type: opensearch,"
                            + " url: '%s', index: 'numbers-$${yyyy.MM.dd}'}}]\n";
            try (TestNode node =
                    TestNode.start(directory.resolve("here"), exports.formatted(proxy.url()))) {
                NumberedPush.asBatches(node.gateway().dataPort(), "numbers", 0, RECORDS, BATCH);
                TestNode.until(() -> row(node).delivered() == RECORDS);
                assertThat(row(node).residue()).isZero();
                assertThat(row(node).deadLettered()).isZero();
            }
            assertThat(proxy.lost()).isPositive();
            server.ask("POST", "/_refresh", "");
            assertThat(count(server)).isEqualTo(RECORDS);
            assertEveryNumber(server);
        }
    }

    private static LedgerRow row(TestNode node) throws IOException {
        return node.gateway().view().ledger().get(0);
    }

    private static int count(OpensearchServer server) throws Exception {
        String answer = server.ask("GET", "/numbers-2023.11.14/_count", "").body();
        return new JsonObject(answer).getInteger("count");
    }

    private static void assertEveryNumber(OpensearchServer server) throws Exception {
        String query = "{\"size\":%d,\"sort\":[\"n\"]}".formatted(RECORDS);
        String answer = server.ask("POST", "/numbers-2023.11.14/_search", query).body();
        var hits = new JsonObject(answer).getJsonObject("hits").getJsonArray("hits");
        var numbers =
                hits.stream()
                        .map(hit -> ((JsonObject) hit).getJsonObject("_source"))
                        .map(source -> source.getInteger("n"))
                        .toList();
        assertThat(numbers).isEqualTo(IntStream.range(0, RECORDS).boxed().toList());
        assertThat(hits.getJsonObject(7).getJsonObject("_source").getString("@timestamp"))
                .isEqualTo("2023-11-14T22:13:20.000000007Z");
    }
}
