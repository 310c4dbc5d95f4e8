package io.penstock.cluster.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Row;
import io.penstock.cluster.assignment.Tables;
import io.penstock.cluster.store.Answer;
import io.penstock.cluster.store.Saved;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Against a real server, which the test starts; skipped where it is not installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreTest {

    private static final int CONNECT_MS = 2_000;
    private static final int STATEMENT_MS = 700;
    private static final AssignmentTable FIRST = Tables.of(1, 1);
    private static final AssignmentTable SECOND = Tables.of(1, 2);

    private final Vertx vertx = Vertx.vertx();
    private final List<PostgresStore> opened = new ArrayList<>();
    private PostgresServer server;
    private Pool admin;
    private PostgresStore store;

    @BeforeAll
    void startServer() throws Exception {
        server = PostgresServer.create();
        admin = Connections.open(vertx, config("localhost", "disable", ""));
    }

    @BeforeEach
    void dropTables() throws Exception {
        sql("DROP TABLE IF EXISTS penstock_schema, penstock_assignments");
        store = open("test");
    }

    @AfterEach
    void closeStores() {
        opened.forEach(PostgresStore::close);
        opened.clear();
    }

    @AfterAll
    void stopServer() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theTablesAreMadeOnFirstUseByNodesThatStartTogether() throws Exception {
        List<CompletionStage<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(open("test").newerThan(Version.NONE));
        }
        for (CompletionStage<Answer> answer : answers) {
            assertThat(await(answer)).isEqualTo(new Answer.Empty());
        }
        assertThat(await(store.save(FIRST))).isEqualTo(new Saved.Done());
    }

    @Test
    void whatIsSavedIsReadByAnother() throws Exception {
        await(store.save(FIRST));
        await(store.save(SECOND));

        PostgresStore other = open("test");
        assertThat(await(other.newerThan(Version.NONE))).isEqualTo(new Answer.Found(SECOND, 0));
        assertThat(await(other.newerThan(FIRST.version()))).isEqualTo(new Answer.Found(SECOND, 0));
        assertThat(await(other.newerThan(SECOND.version())))
                .isEqualTo(new Answer.NoNewer(SECOND.version(), 0));
        assertThat(await(other.newerThan(new Version(9, 0))))
                .isEqualTo(new Answer.NoNewer(SECOND.version(), 0));
    }

    @Test
    void clustersInOneDatabaseDoNotMeet() throws Exception {
        await(store.save(SECOND));
        PostgresStore other = open("other");

        assertThat(await(other.newerThan(Version.NONE))).isEqualTo(new Answer.Empty());
        assertThat(await(other.save(FIRST))).isEqualTo(new Saved.Done());
        assertThat(await(store.newerThan(Version.NONE))).isEqualTo(new Answer.Found(SECOND, 0));
    }

    @Test
    void anOlderTableIsRefused() throws Exception {
        await(store.save(Tables.of(2, 1)));

        assertThat(await(store.save(Tables.of(1, 99))))
                .isEqualTo(new Saved.Stale(new Version(2, 1)));
        assertThat(await(store.newerThan(Version.NONE)))
                .isEqualTo(new Answer.Found(Tables.of(2, 1), 0));
    }

    @Test
    void theSameTableAgainIsSavedAndAnotherOneOfItsVersionIsNot() throws Exception {
        TreeMap<TaskKey, Row> rows = new TreeMap<>();
        Row row = new Row(new NodeId("other"), Row.State.RUN, FIRST.version());
        rows.put(new TaskKey(new RepoName("orders"), "to-s3", 0), row);
        await(store.save(FIRST));

        assertThat(await(store.save(FIRST))).isEqualTo(new Saved.Done());
        assertThat(await(store.save(new AssignmentTable(FIRST.version(), rows))))
                .isEqualTo(new Saved.Stale(FIRST.version()));
    }

    @Test
    void ofManyWritersAtOnceTheNewestStaysAndReadersNeverSeeItGoBack() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("PostgresStoreTest: -Dpenstock.seed=" + seed);
        List<AssignmentTable> tables = new ArrayList<>();
        for (int i = 1; i <= 120; i++) {
            tables.add(Tables.of(1 + i / 40, i));
        }
        Collections.shuffle(tables, new Random(seed));
        List<PostgresStore> writers = List.of(open("test"), open("test"), open("test"));
        Version seen = Version.NONE;
        for (int from = 0; from < tables.size(); from += 12) {
            List<CompletionStage<Saved>> saves = new ArrayList<>();
            for (int i = from; i < from + 12; i++) {
                saves.add(writers.get(i % 3).save(tables.get(i)));
            }
            Answer answer = await(store.newerThan(seen));
            if (answer instanceof Answer.Found found) {
                assertThat(found.table().version()).isGreaterThan(seen);
                seen = found.table().version();
            } else if (answer instanceof Answer.NoNewer same) {
                assertThat(same.version()).isEqualTo(seen);
            }
            for (CompletionStage<Saved> save : saves) {
                assertThat(await(save)).isInstanceOfAny(Saved.Done.class, Saved.Stale.class);
            }
        }
        assertThat(await(store.newerThan(Version.NONE)))
                .isEqualTo(new Answer.Found(Tables.of(4, 120), 0));
    }

    @Test
    void tablesOfANewerSchemaAreRefusedByNameAndNotWrittenTo() throws Exception {
        await(store.save(FIRST));
        sql("UPDATE penstock_schema SET version = 2");

        for (PostgresStore one : List.of(store, open("test"))) {
            assertThat(await(one.save(SECOND)).toString())
                    .contains("Refused", "made by a newer version of Penstock: schema 2");
            assertThat(await(one.newerThan(Version.NONE)).toString())
                    .contains("Refused", "made by a newer version of Penstock: schema 2");
        }
        sql("UPDATE penstock_schema SET version = 1");
        assertThat(await(store.newerThan(Version.NONE))).isEqualTo(new Answer.Found(FIRST, 0));
    }

    @Test
    void aTableFromTheFutureIsRefusedByNameAndNotReplaced() throws Exception {
        await(store.save(FIRST));
        sql("UPDATE penstock_assignments SET format = format + 7");

        assertThat(await(store.newerThan(Version.NONE)).toString())
                .contains("Refused", "written by a newer version of Penstock: format ");
        assertThat(await(store.save(SECOND)).toString())
                .contains("Refused", "written by a newer version of Penstock: format ");
        sql("UPDATE penstock_assignments SET format = format - 7");
        assertThat(await(store.newerThan(Version.NONE))).isEqualTo(new Answer.Found(FIRST, 0));
    }

    @Test
    void aDamagedRowIsToldByNameAndReplacedByTheNextTable() throws Exception {
        await(store.save(FIRST));
        sql("UPDATE penstock_assignments SET content = set_byte(content, 20, 255)");

        assertThat(await(store.newerThan(Version.NONE)).toString())
                .contains("Down", "row of cluster test", "damaged table of assignments");
        assertThat(await(store.save(SECOND))).isEqualTo(new Saved.Done());
        assertThat(await(store.newerThan(Version.NONE))).isEqualTo(new Answer.Found(SECOND, 0));
    }

    @Test
    void aStoreThatWasDroppedIsMadeAgain() throws Exception {
        await(store.save(FIRST));
        sql("DROP TABLE penstock_schema, penstock_assignments");

        assertThat(await(store.newerThan(Version.NONE))).isInstanceOf(Answer.Down.class);
        assertThat(await(store.newerThan(Version.NONE))).isEqualTo(new Answer.Empty());
    }

    @Test
    void aServerThatWasAwayIsFoundAgain() throws Exception {
        await(store.save(FIRST));
        server.stop();
        try {
            assertThat(await(store.newerThan(Version.NONE))).isInstanceOf(Answer.Down.class);
            assertThat(await(store.save(SECOND))).isInstanceOf(Saved.Unknown.class);
        } finally {
            server.start();
        }
        assertThat(await(store.newerThan(Version.NONE))).isEqualTo(new Answer.Found(FIRST, 0));
        assertThat(await(store.save(SECOND))).isEqualTo(new Saved.Done());
    }

    @Test
    void aServerThatHangsIsDownInTimeAndFoundAgain() throws Exception {
        await(store.save(FIRST));
        server.freeze();
        try {
            for (int i = 0; i < 3; i++) {
                long start = System.nanoTime();
                assertThat(await(store.newerThan(Version.NONE))).isInstanceOf(Answer.Down.class);
                assertThat(System.nanoTime() - start)
                        .isLessThan(
                                TimeUnit.MILLISECONDS.toNanos(
                                        (long) CONNECT_MS + STATEMENT_MS + 1_500));
            }
        } finally {
            server.thaw();
        }
        assertThat(await(eventually())).isEqualTo(new Answer.Found(FIRST, 0));
    }

    /** Connections that hung are cut off one after the other: not at once, but by itself. */
    private CompletionStage<Answer> eventually() throws Exception {
        for (int i = 0; i < 10; i++) {
            if (await(store.newerThan(Version.NONE)) instanceof Answer.Found) {
                break;
            }
        }
        return store.newerThan(Version.NONE);
    }

    @Test
    void aStatementThatWaitsTooLongIsEndedByTheServer() throws Exception {
        await(store.save(FIRST));
        var connection = admin.getConnection().await(10, TimeUnit.SECONDS);
        var transaction = connection.begin().await(10, TimeUnit.SECONDS);
        connection
                .query("LOCK TABLE penstock_assignments IN ACCESS EXCLUSIVE MODE")
                .execute()
                .await(10, TimeUnit.SECONDS);

        assertThat(await(store.save(SECOND)).toString())
                .contains("Unknown", "canceling statement due to statement timeout");

        transaction.rollback().await(10, TimeUnit.SECONDS);
        connection.close().await(10, TimeUnit.SECONDS);
        assertThat(await(store.save(SECOND))).isEqualTo(new Saved.Done());
    }

    @Test
    void aServerThatTakesConnectionsAndSaysNothingIsDown() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            PostgresConfig config = config("127.0.0.1", silent.getLocalPort(), "disable", "", "");
            assertThat(await(open(config, "test").newerThan(Version.NONE)))
                    .isInstanceOf(Answer.Down.class);
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        PostgresConfig config =
                config("localhost", server.port(), "disable", "", "not-" + PostgresServer.PASSWORD);
        Answer answer = await(open(config, "test").newerThan(Version.NONE));

        assertThat(answer.toString())
                .contains("Down", "password authentication failed")
                .doesNotContain(PostgresServer.PASSWORD);
    }

    @Test
    void tlsIsAsTheConfigurationSays() throws Exception {
        await(store.save(FIRST));
        Answer found = new Answer.Found(FIRST, 0);
        String ca = server.certificate("server");
        String stranger = server.certificate("stranger");

        assertThat(read(config("localhost", "require", ""))).isEqualTo(found);
        assertThat(read(config("localhost", "verify-full", ca))).isEqualTo(found);
        assertThat(read(config("127.0.0.1", "verify-ca", ca))).isEqualTo(found);
        // the certificate is for localhost, and only the file vouches for it
        assertThat(read(config("127.0.0.1", "verify-full", ca))).isInstanceOf(Answer.Down.class);
        assertThat(read(config("localhost", "verify-full", stranger)))
                .isInstanceOf(Answer.Down.class);
        assertThat(encrypted(config("localhost", "require", ""))).isTrue();
        assertThat(encrypted(config("localhost", "disable", ""))).isFalse();
    }

    private boolean encrypted(PostgresConfig config) throws Exception {
        Pool pool = Connections.open(vertx, config);
        var rows =
                pool.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                        .execute()
                        .await(10, TimeUnit.SECONDS);
        pool.close().await(10, TimeUnit.SECONDS);
        return rows.iterator().next().getBoolean("ssl");
    }

    @Test
    void aHundredThousandTasksFit() throws Exception {
        AssignmentTable table = large();
        long start = System.nanoTime();
        assertThat(await(store.save(table))).isEqualTo(new Saved.Done());
        long saved = System.nanoTime();
        assertThat(await(store.newerThan(Version.NONE))).isEqualTo(new Answer.Found(table, 0));
        System.out.printf(
                "100,000 tasks: saved in %.0f ms, loaded in %.0f ms%n",
                (saved - start) / 1e6, (System.nanoTime() - saved) / 1e6);
    }

    private static AssignmentTable large() {
        Version version = new Version(3, 1);
        TreeMap<TaskKey, Row> rows = new TreeMap<>();
        for (int i = 0; i < 100_000; i++) {
            rows.put(
                    new TaskKey(new RepoName("repo-" + i / 8), "export", i % 8),
                    new Row(new NodeId("node-" + i * 31 % 1_000), Row.State.RUN, version));
        }
        return new AssignmentTable(version, rows);
    }

    private Answer read(PostgresConfig config) throws Exception {
        return await(open(config, "test").newerThan(Version.NONE));
    }

    private PostgresStore open(String cluster) {
        return open(config("localhost", "disable", ""), cluster);
    }

    private PostgresStore open(PostgresConfig config, String cluster) {
        PostgresStore made = new PostgresStore(vertx, config, cluster);
        opened.add(made);
        return made;
    }

    private PostgresConfig config(String host, String tls, String caFile) {
        return config(host, server.port(), tls, caFile, PostgresServer.PASSWORD);
    }

    private static PostgresConfig config(
            String host, int port, String tls, String caFile, String password) {
        return new PostgresConfig(
                host,
                port,
                "postgres",
                PostgresServer.USER,
                password,
                tls,
                caFile,
                "",
                "",
                CONNECT_MS,
                STATEMENT_MS);
    }

    private void sql(String statement) throws Exception {
        admin.query(statement).execute().await(10, TimeUnit.SECONDS);
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
