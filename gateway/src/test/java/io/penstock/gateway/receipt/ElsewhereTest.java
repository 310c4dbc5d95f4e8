package io.penstock.gateway.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.Membership;
import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.gateway.admin.Answer;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.tls.TestAuthority;
import io.penstock.gateway.tls.TlsPorts;
import io.penstock.model.RepoName;
import io.penstock.model.Tls;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Node a asks node b, which is a server that answers whatever a test wants. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ElsewhereTest {
    private static final int WAIT_S = 20;

    /** Longer than any pause of a machine that builds; a test for it has a shorter one. */
    private static final long ANSWER_MS = 15_000;

    private static final long SHORT_MS = 300;
    private static final ReceiptId ID = new ReceiptId(new RepoName("orders"), 0xabcL, 4096);
    private static final String GOOD = "{\"node\":\"b\",\"settled\":true,\"exports\":[]}";

    @TempDir private static Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Queue<HttpServerRequest> heard = new ConcurrentLinkedQueue<>();
    private FakeMembership cluster;
    private volatile boolean heardByTls;

    @BeforeEach
    void begin() {
        heard.clear();
        cluster = new FakeMembership();
    }

    @AfterAll
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(WAIT_S, TimeUnit.SECONDS);
    }

    private static Question question(String node, String authorization, String from) {
        return new Question(ID, node, 0, authorization, from, false);
    }

    private static ClusterConfig config(String more) throws Exception {
        return new ConfigLoader(SinkRegistry.onClassPath(), Map.<String, String>of()::get)
                .parse("test", "cluster: {enabled: true, voters: [a, v]" + more + "}\n")
                .cluster();
    }

    private TlsPorts tls(Tls admin) throws Exception {
        TlsPorts ports = new TlsPorts(vertx, Tls.OFF, admin, Tls.OFF);
        await(ports.open());
        await(ports.close());
        return ports;
    }

    private Elsewhere from(@Nullable Membership in, String more, Tls admin) throws Exception {
        NodeFinder finder = new NodeFinder(vertx, config(more), () -> in);
        return new Elsewhere(vertx, "a", finder, tls(admin), ANSWER_MS);
    }

    private Elsewhere asker() throws Exception {
        return from(cluster, "", Tls.OFF);
    }

    private int listen(HttpServerOptions options, Handler<HttpServerRequest> answer)
            throws Exception {
        HttpServer server =
                vertx.createHttpServer(options)
                        .requestHandler(
                                request -> {
                                    heardByTls = request.isSSL(); // not known any more when it ends
                                    heard.add(request);
                                    answer.handle(request);
                                });
        return await(server.listen(0, "0.0.0.0")).actualPort();
    }

    private int listen(int status, String body) throws Exception {
        return listen(new HttpServerOptions(), r -> r.response().setStatusCode(status).end(body));
    }

    private static String error(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body()).getString("error");
    }

    private String refused(Elsewhere asker, Question question, int status) throws Exception {
        return error(await(asker.ask(question)), status);
    }

    @Test
    void whoAsksIsJudgedThereByWhatItShowedHere() throws Exception {
        cluster.isAt("b", "127.0.0.1:" + listen(200, GOOD));
        Question waits = new Question(ID, "b", 1_500, "Bearer pk_1", "192.0.2.7", false);
        Answer answer = await(asker().ask(waits));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().strip()).isEqualTo(GOOD);
        HttpServerRequest passed = heard.remove();
        assertThat(passed.uri())
                .isEqualTo("/v1/receipts/orders/0000000000000abc/4096?node=b&wait=1500ms");
        assertThat(passed.getHeader("Authorization")).isEqualTo("Bearer pk_1");
        assertThat(passed.getHeader("X-Forwarded-For")).isEqualTo("192.0.2.7");
        assertThat(passed.getHeader("Penstock-Asked-By")).isEqualTo("a");

        assertThat(await(asker().ask(question("b", "", ""))).status()).isEqualTo(200);
        HttpServerRequest local = heard.remove();
        assertThat(local.headers().contains("Authorization")).isFalse();
        assertThat(local.headers().contains("X-Forwarded-For")).isFalse();
    }

    @Test
    void aQuestionIsPassedOnOnceAndToNobodyWhoIsNotKnown() throws Exception {
        cluster.isAt("b", "127.0.0.1:" + listen(200, GOOD));
        Question again = new Question(ID, "b", 0, "", "", true);
        assertThat(refused(asker(), again, 409)).contains("this is node a");
        assertThat(refused(asker(), question("x", "", ""), 404)).contains("no node x");
        assertThat(refused(asker(), question("v", "", ""), 503)).contains("not in the cluster now");
        Elsewhere out = from(null, "", Tls.OFF);
        assertThat(refused(out, question("b", "", ""), 503)).contains("sees no other");
        cluster.says("left", 3, "10.0.0.9:4401");
        assertThat(refused(asker(), question("left", "", ""), 503))
                .contains("10.0.0.9:4401", "1970-01-01T00:00:01Z");
        cluster.comes("young", 2);
        cluster.says("young", 1, "127.0.0.1:" + listen(200, GOOD));
        assertThat(refused(asker(), question("young", "", ""), 503)).contains("has not said yet");
        assertThat(heard).isEmpty();
    }

    @Test
    void whoWasSeenIsKnownWhenItTookItsReportAlong() throws Exception {
        NodeFinder finder = new NodeFinder(vertx, config(""), () -> cluster);
        Elsewhere asker = new Elsewhere(vertx, "a", finder, tls(Tls.OFF), ANSWER_MS);
        FakeMembership before = new FakeMembership();
        before.comes("dead", 1);
        finder.saw(before.members(), 60_000);
        assertThat(refused(asker, question("dead", "", ""), 503)).contains("1970-01-01T00:01:00Z");

        FakeMembership many = new FakeMembership();
        for (int i = 0; i < NodeFinder.MAX_REMEMBERED; i++) {
            many.comes("n" + i, 1);
        }
        finder.saw(many.members(), 61_000);
        assertThat(refused(asker, question("dead", "", ""), 404)).contains("no node dead");
        assertThat(refused(asker, question("n0", "", ""), 503)).contains("1970-01-01T00:01:01Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | no JSON | 502 | answers with no receipt",
                "302 | {} | 502 | status 302",
                "200 | {\"node\":\"c\"} | 503 | where another one answers (c)",
                "409 | {\"error\":\"I am c\"} | 503 | where another one answers (I am c)",
                "404 | {\"error\":\"no such epoch\"} | 404 | no such epoch",
                "503 | {\"error\":\"not open\"} | 503 | not open",
                "401 | {\"error\":\"no such key\"} | 401 | node b refuses: no such key",
                "403 | {\"error\":\"other repos\"} | 403 | node b refuses: other repos"
            })
    void whatItAnswersIsTheAnswerOrIsSaid(int status, String body, int passed, String said)
            throws Exception {
        cluster.isAt("b", "127.0.0.1:" + listen(status, body));
        assertThat(refused(asker(), question("b", "Bearer k", ""), passed)).contains(said);
    }

    @Test
    void whoShowedNothingHereIsToldToAskThere() throws Exception {
        String there = "127.0.0.1:" + listen(401, "{\"error\":\"a key is needed\"}");
        cluster.isAt("b", there);
        assertThat(refused(asker(), question("b", "", ""), 409)).contains("--admin " + there);
    }

    @Test
    void neitherSilenceNorAFloodNorAClosedPortHoldsItUp() throws Exception {
        cluster.isAt("b", "127.0.0.1:" + listen(new HttpServerOptions(), silent -> {}));
        NodeFinder finder = new NodeFinder(vertx, config(""), () -> cluster);
        Elsewhere brief = new Elsewhere(vertx, "a", finder, tls(Tls.OFF), SHORT_MS);
        assertThat(refused(brief, question("b", "", ""), 503)).contains("no answer within 300");
        String flood = "{\"node\":\"b\",\"x\":\"" + "y".repeat(Elsewhere.MAX_ANSWER_BYTES) + "\"}";
        cluster.isAt("flood", "127.0.0.1:" + listen(200, flood));
        assertThat(refused(asker(), question("flood", "", ""), 502)).contains("more than 1048576");
        cluster.isAt("closed", "127.0.0.1:1");
        assertThat(refused(asker(), question("closed", "", ""), 503)).contains("does not answer");
        cluster.isAt("odd", "nowhere");
        assertThat(refused(asker(), question("odd", "", ""), 503)).contains("has not said yet");
    }

    @Test
    void noMoreThanSoManyAreAskedForAtOnce() throws Exception {
        Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
        cluster.isAt("b", "127.0.0.1:" + listen(new HttpServerOptions(), held::add));
        Elsewhere asker = from(cluster, "", Tls.OFF);
        List<Future<Answer>> asked = new ArrayList<>();
        for (int i = 0; i < Elsewhere.MAX_ASKED; i++) {
            asked.add(asker.ask(new Question(ID, "b", 20_000, "", "", false)));
        }
        assertThat(refused(asker, question("b", "", ""), 503)).contains("64 receipts");
        int waiting = 0;
        for (int i = 0; i < Elsewhere.MAX_ASKED; i++) {
            HttpServerRequest request = next(held);
            waiting += request.uri().endsWith("wait=20000ms") ? 1 : 0;
            request.response().end(GOOD);
        }
        for (Future<Answer> one : asked) {
            assertThat(await(one).status()).isEqualTo(200);
        }
        assertThat(waiting).isEqualTo(Elsewhere.MAX_WAITING);
        Future<Answer> after = asker.ask(question("b", "", ""));
        next(held).response().end(GOOD);
        assertThat(await(after).status()).isEqualTo(200);
    }

    private static HttpServerRequest next(Queue<HttpServerRequest> held) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (held.isEmpty()) {
            assertThat(System.nanoTime()).as("nothing comes").isLessThan(endNs);
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return held.remove();
    }

    @Test
    void aPortOnLoopbackOfAnotherMachineIsNotThisMachines() throws Exception {
        cluster.isAt("b", "127.0.0.1:" + listen(200, GOOD));
        Elsewhere far = from(cluster, ", host: 10.0.0.1", Tls.OFF);
        assertThat(refused(far, question("b", "Bearer k", ""), 409)).contains("loopback alone");
        assertThat(heard).isEmpty();
    }

    @Test
    void aKeyGoesByTlsToWhomTheSameAuthorityVouchesForAndNowhereElse() throws Exception {
        TestAuthority authority = new TestAuthority("CN=nodes");
        String ca = authority.write(directory.resolve("ca.pem")).toString();
        Tls ofA = tls(authority.issue(directory, "a", "CN=a"), ca);
        Tls ofB = tls(authority.issue(directory, "b", "CN=b"), ca);
        Tls strange = tls(new TestAuthority("CN=nodes").issue(directory, "s", "CN=b"), ca);
        Elsewhere asker = from(cluster, "", ofA);
        Question secret = question("b", "Bearer k", "");

        String good = "127.0.0.1:" + secure(ofB);
        cluster.isAt("b", "https://" + good);
        assertThat(await(asker.ask(secret)).body().strip()).isEqualTo(GOOD);
        assertThat(heardByTls).isTrue();
        heard.clear();

        cluster.says("b", 1, "https://127.0.0.2:" + good.split(":", -1)[1]);
        assertThat(refused(asker, secret, 409)).contains("does not name that address");
        cluster.says("b", 1, "https://127.0.0.1:" + secure(strange));
        assertThat(refused(asker, secret, 409)).contains("not vouched for");
        cluster.says("b", 1, "127.0.0.1:" + listen(200, GOOD));
        assertThat(refused(asker, secret, 409)).contains("does not go on without");
        assertThat(heard).isEmpty();
        assertThat(await(asker.ask(question("b", "", ""))).status()).isEqualTo(200);

        cluster.says("b", 1, "https://" + good);
        heard.clear();
        assertThat(refused(asker(), secret, 409)).contains("no admin.tls to check it by");
        assertThat(heard).isEmpty();
    }

    private static Tls tls(TestAuthority.Issued own, String ca) {
        return new Tls(
                own.certificate().toString(),
                own.key().toString(),
                ca,
                Tls.ClientAuth.REQUIRED,
                "1.2",
                Tls.Engine.JDK,
                10_000,
                0);
    }

    private int secure(Tls by) throws Exception {
        return listen(tls(by).admin().apply(new HttpServerOptions()), r -> r.response().end(GOOD));
    }
}
