package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.gateway.boot.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One gateway exports to another, whose answers are lost now and then, and which is killed in the
 * middle of it.
 */
class GatewayToGatewayTest {

    private static final int ROUND = 4_000;
    private static final int ROUNDS = 2;

    /** Pieces of answers that are lost; the first ones are the beginning of HTTP/2. */
    private static final Set<Integer> LOST = Set.of(4, 9, 14);

    private static final int BATCH = 40;

    @Test
    void everyRecordIsThereOnceThoughAnswersAreLostAndTheOtherGatewayDies(@TempDir Path directory)
            throws Exception {
        Path there = Files.createDirectories(directory.resolve("there"));
        Path out = directory.resolve("out");
        String files =
                "exports: [{name: files, repo: copy, batch: {linger_ms: 0},"
                        + " sink: {type: file, directory: '%s'}}]\n";
        String forward =
                "exports: [{name: forward, repo: numbers,"
                        + " batch: {linger_ms: 0, max_records: 700}, sink: {type: grpc,"
                        + " url: 'http://127.0.0.1:%d', repo: copy, ack: staged}}]\n";
        try (GatewayProcess second = new GatewayProcess(there, files.formatted(out))) {
            second.start();
            try (CuttingProxy proxy = new CuttingProxy(second.port(), LOST);
                    TestNode first =
                            TestNode.start(
                                    directory.resolve("here"), forward.formatted(proxy.port()))) {
                for (int round = 0; round < ROUNDS; round++) {
                    long before = round * (long) ROUND;
                    push(first, round * ROUND);
                    TestNode.until(() -> row(first).delivered() > before);
                    second.kill();
                    second.start();
                }
                TestNode.until(() -> row(first).delivered() == ROUNDS * ROUND);
                assertThat(proxy.pieces()).isGreaterThan(Collections.max(LOST));
                assertThat(row(first).residue()).isZero();
                assertThat(row(first).deadLettered()).isZero();
                assertThat(second.stop()).isZero();
                assertThat(numbers(out))
                        .isEqualTo(IntStream.range(0, ROUNDS * ROUND).boxed().toList());
            }
        }
    }

    private static void push(TestNode node, int from) throws Exception {
        int port = node.gateway().dataPort();
        NumberedPush.asBatches(port, "numbers", from, from + ROUND / 2, BATCH);
        NumberedPush.asLines(port, "numbers", from + ROUND / 2, from + ROUND, BATCH);
    }

    private static LedgerRow row(TestNode node) throws IOException {
        List<LedgerRow> rows = node.gateway().view().ledger();
        return rows.get(0);
    }

    private static List<Integer> numbers(Path out) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".ndjson")).toList()) {
                Files.readAllLines(file)
                        .forEach(line -> numbers.add(new JsonObject(line).getInteger("n")));
            }
        }
        return numbers.stream().sorted().toList();
    }
}
