package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.penstock.gateway.access.Key;
import io.penstock.gateway.access.KeyBook;
import io.penstock.gateway.access.KeyFile;
import io.penstock.gateway.access.KeyToken;
import io.penstock.gateway.access.Role;
import io.penstock.gateway.access.Scope;
import io.penstock.gateway.ingest.Batches;
import io.penstock.proto.record.v1.RecordBatch;
import io.penstock.suite.Alone;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request that is refused costs a node against one that is staged, both of 64 KiB. */
@Alone
class RefusalCostTest {
    private static final int TURNS = 14;
    private static final int ROUNDS = 240;
    private static final int AT_ONCE = 8;

    /** Medians of seven turns differ by as much where others use the machine too. */
    private static final double NOISE = 0.15;

    private static final RecordBatch BATCH = Batches.batch(64, 1_000);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<String> told = new ArrayList<>();

    @TempDir private Path directory;

    /** A way to send a push to a repo with a key; answers a status. */
    private interface Way {
        Future<Integer> push(String repo, String key);
    }

    private String sections(Path keys) {
        return """
        access: {keys_file: '%s'}
        tenants:
          slim: {repos: ['slim-*'], limits: {max_batch_bytes: 1KiB}}
        exports:
          - {name: out, repo: web, sink: {type: blackhole}}
        """
                .formatted(keys);
    }

    @Test
    void aRefusalCostsLessThanWhatItRefuses() throws Exception {
        Path file = directory.resolve("keys.json");
        KeyToken token =
                new KeyBook(new KeyFile(file), System::currentTimeMillis)
                        .create("k", new Key.Rights(Set.of(Role.PUSH), Scope.WHOLE), Key.NEVER)
                        .token();
        String key = Objects.requireNonNull(token).text();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (TestNode node = TestNode.start(directory.resolve("data"), sections(file))) {
            Promise<Long> thread = Promise.promise();
            vertx.runOnContext(loop -> thread.complete(Thread.currentThread().getId()));
            long own = TestNode.await(thread.future());
            HttpClient http = vertx.createHttpClient(new HttpClientOptions());
            measure("http", (repo, with) -> http(http, node, repo, with), key, own);
            HttpClient grpc =
                    vertx.createHttpClient(
                            new HttpClientOptions()
                                    .setProtocolVersion(HttpVersion.HTTP_2)
                                    .setHttp2ClearTextUpgrade(false));
            measure("grpc", (repo, with) -> grpc(grpc, node, repo, with), key, own);
        } finally {
            TestNode.await(vertx.close());
        }
        told.forEach(line -> System.out.println("RefusalCostTest: " + line));
    }

    /**
     * In turns, so that what the machine does meanwhile, and what is compiled only later, hits all
     * of them alike.
     */
    private void measure(String name, Way way, String key, long own) throws Exception {
        String wrong = key.substring(0, key.length() - 4) + "AAAA";
        List<Case> cases =
                List.of(
                        new Case("staged", "web", key),
                        new Case("wrong key", "web", wrong),
                        new Case("too large", "slim-web", key));
        for (int i = 0; i < TURNS; i++) {
            boolean isWarm = i >= TURNS / 2;
            for (Case each : cases) {
                long ns = ns(way, each, own);
                if (isWarm) {
                    each.ns.add(ns);
                }
            }
        }
        double accepted = cases.get(0).medianNs();
        for (Case each : cases) {
            told.add(
                    String.format(
                            Locale.ROOT,
                            "%s, %s: %.1f us, %.2f of what is staged",
                            name,
                            each.name,
                            each.medianNs() / 1e3,
                            each.medianNs() / accepted));
        }
        for (Case each : cases.subList(1, cases.size())) {
            assertThat(each.medianNs())
                    .as("%s, %s", name, each.name)
                    .isLessThan(accepted * (1 + NOISE));
        }
    }

    /** What is sent, and what it took in each turn. */
    private record Case(String name, String repo, String key, List<Long> ns) {
        Case(String name, String repo, String key) {
            this(name, repo, key, new ArrayList<>());
        }

        double medianNs() {
            return ns.stream().sorted().skip(ns.size() / 2).findFirst().orElseThrow();
        }
    }

    /** CPU of the node's event loops per request. */
    private static long ns(Way way, Case sent, long own) throws Exception {
        long before = loopsNs(own);
        int refused = rounds(way, sent.repo, sent.key, ROUNDS);
        long used = loopsNs(own) - before;
        assertThat(refused).isEqualTo(sent.name.equals("staged") ? 0 : ROUNDS);
        return used / ROUNDS;
    }

    private static int rounds(Way way, String repo, String key, int rounds) throws Exception {
        int refused = 0;
        for (int i = 0; i < rounds; i += AT_ONCE) {
            List<Future<Integer>> together = new ArrayList<>();
            for (int k = 0; k < AT_ONCE; k++) {
                together.add(way.push(repo, key));
            }
            TestNode.await(Future.all(together));
            for (Future<Integer> one : together) {
                refused += one.result() == 0 ? 0 : 1;
            }
        }
        return refused;
    }

    private static long loopsNs(long own) {
        long all = 0;
        for (long id : THREADS.getAllThreadIds()) {
            var thread = THREADS.getThreadInfo(id);
            if (id != own
                    && thread != null
                    && thread.getThreadName().startsWith("vert.x-eventloop")) {
                all += Math.max(0, THREADS.getThreadCpuTime(id));
            }
        }
        return all;
    }

    private static Future<Integer> http(HttpClient client, TestNode node, String repo, String key) {
        return client.request(
                        HttpMethod.POST,
                        node.gateway().dataPort(),
                        "127.0.0.1",
                        "/v1/repos/" + repo + "/batches")
                .compose(
                        request ->
                                request.putHeader("content-type", "application/x-protobuf")
                                        .putHeader("authorization", "Bearer " + key)
                                        .send(Buffer.buffer(BATCH.toByteArray())))
                .compose(said -> said.body().map(said.statusCode() == 200 ? 0 : said.statusCode()));
    }

    private static Future<Integer> grpc(HttpClient client, TestNode node, String repo, String key) {
        Buffer framed = Buffer.buffer(Batches.framed(Batches.request(repo, BATCH)));
        return client.request(
                        HttpMethod.POST,
                        node.gateway().dataPort(),
                        "127.0.0.1",
                        "/penstock.ingest.v1.IngestService/Push")
                .compose(
                        call ->
                                call.putHeader("content-type", "application/grpc")
                                        .putHeader("authorization", "Bearer " + key)
                                        .send(framed))
                .compose(said -> said.body().map(body -> status(said)));
    }

    private static int status(HttpClientResponse said) {
        String trailer = said.getTrailer("grpc-status");
        String status = trailer == null ? said.getHeader("grpc-status") : trailer;
        return Integer.parseInt(status);
    }
}
