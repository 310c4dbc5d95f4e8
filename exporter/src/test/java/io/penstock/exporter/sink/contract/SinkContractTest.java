package io.penstock.exporter.sink.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of {@link io.penstock.exporter.sink.Sink}, as tests. A sink's own test extends this
 * and answers four questions: who makes it, with which configuration, what arrived at the target,
 * and whether the target can be told how to answer.
 *
 * <p>Each test has a sink, a state directory and (by the subclass) a target of its own.
 *
 * @param <C> the sink's configuration
 */
public abstract class SinkContractTest<C extends Record> {

    private static final int DELIVERIES = 40;
    private static final int RECORDS = 25;
    private static final String TEXT = "some text";
    private static final int LARGE_CHARACTERS = 1 << 20;
    private static final int EIGHT_MEGABYTES = 8_000_000;
    private static final int LOOP_LIMIT_MS = 400;
    private static final int CHECK_INTERVAL_MS = 20;
    private static final int MANY = 64;

    /** Few threads, so that all are there soon and a new one shows. */
    private static final int POOL = 2;

    /** Where the sink keeps its state. */
    @TempDir protected Path stateDirectory;

    private final Queue<String> blocked = new ConcurrentLinkedQueue<>();
    private final long seed = Long.getLong("penstock.seed", System.nanoTime());
    private Vertx vertx;

    /** Makes the sink. */
    protected abstract SinkFactory<C> factory();

    /** A configuration that works, with the target that this test shall use. */
    protected abstract C config();

    /**
     * A delivery of records with these texts, encoded as clients of this sink's repos send them. A
     * sink that takes any encoding leaves this alone; another makes the records of {@link
     * TestDelivery#of(long, List)} in its own.
     */
    protected TestDelivery delivery(long number, List<String> texts) {
        return TestDelivery.of(number, texts);
    }

    /** The same as lines of JSON, without texts; likewise. */
    protected TestDelivery lines(long number, int count) {
        return TestDelivery.ofLines(number, count);
    }

    /** Whether {@link #arrived} can tell; false for a sink whose target keeps nothing. */
    protected boolean targetTells() {
        return true;
    }

    /**
     * What the target has, record by record in any order, second copies included. Asked after the
     * sink was closed. Records are as {@link TestDelivery} makes them.
     */
    protected abstract List<JsonObject> arrived();

    /**
     * Tells the target how to answer from now on.
     *
     * @param replies asked once per delivery that reaches the target
     * @return false when it cannot be told; tests that need it are skipped
     */
    protected boolean answer(Supplier<Reply> replies) {
        return false;
    }

    @BeforeEach
    final void startVertx() {
        vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(POOL)
                                .setWorkerPoolSize(POOL)
                                .setInternalBlockingPoolSize(POOL)
                                .setBlockedThreadCheckInterval(CHECK_INTERVAL_MS)
                                .setMaxEventLoopExecuteTime(LOOP_LIMIT_MS)
                                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS));
        ((VertxInternal) vertx)
                .blockedThreadChecker()
                .setThreadBlockedHandler(
                        event -> {
                            if (event.thread().getName().contains("eventloop")) {
                                blocked.add(event.thread().getName() + " " + event.duration());
                            }
                        });
        System.out.println(getClass().getSimpleName() + " -Dpenstock.seed=" + seed);
    }

    @AfterEach
    final void stopVertx() throws Exception {
        vertx.close().await(SinkDriver.WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** A sink of the configuration, with this test's state. */
    protected final SinkDriver<C> open() {
        SinkContext context =
                new SinkContext(
                        vertx, new RepoName("repo"), "export", stateDirectory, Clock.systemUTC());
        return new SinkDriver<>(factory(), config(), context);
    }

    private List<TestDelivery> deliveries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> delivery(i, Collections.nCopies(RECORDS, TEXT)))
                .toList();
    }

    private static List<String> markers(List<TestDelivery> deliveries) {
        return deliveries.stream().flatMap(each -> each.markers().stream()).toList();
    }

    private List<String> arrivedMarkers() {
        return arrived().stream().map(record -> record.getString("marker")).toList();
    }

    private void assertArrived(List<TestDelivery> deliveries) {
        if (targetTells()) {
            assertThat(arrivedMarkers()).containsExactlyInAnyOrderElementsOf(markers(deliveries));
        }
    }

    /** Every record is delivered or rejected, and none is both. */
    private static void assertSettled(SinkDriver.Tally tally, List<TestDelivery> all) {
        List<String> settled = new ArrayList<>(markers(tally.delivered()));
        settled.addAll(markers(tally.rejected()));
        assertThat(settled).containsExactlyInAnyOrderElementsOf(markers(all));
    }

    private int concurrency(int wanted) {
        return factory().capabilities(config()).ordered() ? 1 : wanted;
    }

    @Test
    void deliversEveryRecordOnce() {
        List<TestDelivery> all = deliveries(DELIVERIES);
        try (var sink = open()) {
            var tally = sink.deliverAll(all, concurrency(4));
            assertThat(tally.delivered()).hasSameSizeAs(all);
            assertThat(tally.retries()).isZero();
            sink.closeSink();
            assertThat(sink.readLate()).isFalse();
        }
        assertArrived(all);
    }

    @Test
    void deliversLinesAsTheyWereSentByTheClient() {
        List<TestDelivery> all = IntStream.range(0, 5).mapToObj(i -> lines(i, RECORDS)).toList();
        try (var sink = open()) {
            assertThat(sink.deliverAll(all, concurrency(2)).delivered()).hasSameSizeAs(all);
        }
        assertArrived(all);
    }

    @Test
    void offersAgainWhatTheTargetPutsOff() {
        SplittableRandom random = new SplittableRandom(seed);
        assumeTrue(answer(() -> random.nextBoolean() ? Reply.PUT_OFF : Reply.ACCEPT));
        List<TestDelivery> all = deliveries(DELIVERIES);
        try (var sink = open()) {
            var tally = sink.deliverAll(all, concurrency(4));
            assertThat(markers(tally.delivered()))
                    .containsExactlyInAnyOrderElementsOf(markers(all));
            assertThat(tally.retries()).isPositive();
            assertThat(sink.readLate()).isFalse();
        }
        assertArrived(all);
    }

    @Test
    void reportsWhatTheTargetNeverTakes() {
        SplittableRandom random = new SplittableRandom(seed);
        assumeTrue(answer(() -> random.nextBoolean() ? Reply.REFUSE : Reply.ACCEPT));
        List<TestDelivery> all = deliveries(DELIVERIES);
        SinkDriver.Tally tally;
        try (var sink = open()) {
            tally = sink.deliverAll(all, concurrency(4));
        }
        assertThat(tally.retries()).isZero();
        assertThat(tally.rejected()).isNotEmpty();
        assertSettled(tally, all);
        assertArrived(tally.delivered());
    }

    @Test
    void reconcilesWhateverTheTargetAnswers() {
        SplittableRandom random = new SplittableRandom(seed);
        Reply[] replies = {Reply.ACCEPT, Reply.PUT_OFF, Reply.REFUSE};
        assumeTrue(answer(() -> replies[random.nextInt(replies.length)]));
        List<TestDelivery> all = deliveries(2 * DELIVERIES);
        SinkDriver.Tally tally;
        try (var sink = open()) {
            tally = sink.deliverAll(all, concurrency(8));
            assertThat(sink.readLate()).isFalse();
        }
        assertSettled(tally, all);
        assertArrived(tally.delivered());
    }

    @Test
    void leavesOneCopyOfADeliveryOfferedTwice() {
        assumeTrue(factory().capabilities(config()).idempotent());
        List<TestDelivery> all = deliveries(DELIVERIES);
        try (var sink = open()) {
            sink.deliverAll(all, concurrency(4));
            assertThat(sink.deliverAll(all, concurrency(4)).delivered()).hasSameSizeAs(all);
        }
        assertArrived(all);
    }

    @Test
    void leavesOneCopyOfADeliveryOfferedAgainAfterARestart() {
        assumeTrue(factory().capabilities(config()).idempotent());
        List<TestDelivery> all = deliveries(DELIVERIES);
        try (var sink = open()) {
            sink.deliverAll(all.subList(0, DELIVERIES / 2), concurrency(4));
        }
        try (var sink = open()) {
            assertThat(sink.deliverAll(all, concurrency(4)).delivered()).hasSameSizeAs(all);
        }
        assertArrived(all);
    }

    @Test
    void takesManyDeliveriesAtOnce() {
        assumeFalse(factory().capabilities(config()).ordered());
        List<TestDelivery> all = deliveries(MANY);
        try (var sink = open()) {
            assertThat(sink.deliverAll(all, MANY).delivered()).hasSameSizeAs(all);
            assertThat(sink.readLate()).isFalse();
        }
        assertArrived(all);
    }

    @Test
    void carriesEmptyLargeAndForeignTexts() {
        List<String> texts =
                List.of(
                        "",
                        "x".repeat(LARGE_CHARACTERS),
                        "\u00fc\u4f60\u597d \ud83d\ude80",
                        "line\nline\r\ttab \"quoted\" \\ \u0000\u001f\u007f\u2028",
                        "y".repeat(100_000));
        TestDelivery delivery = delivery(1, texts);
        try (var sink = open()) {
            assertThat(sink.deliver(delivery)).isEqualTo(Outcome.DELIVERED);
        }
        if (targetTells()) {
            assertThat(arrived())
                    .extracting(record -> record.getString("text"))
                    .containsExactlyInAnyOrderElementsOf(texts);
            assertThat(arrived()).allMatch(record -> record.getValue("nothing") == null);
        }
    }

    /** A record of 8 MB is a normal one; a target that takes none has a key that says so. */
    @Test
    void carriesARecordOfEightMegabytesOrNamesTheKeyThatForbidsIt() {
        TestDelivery delivery = delivery(1, List.of("e".repeat(EIGHT_MEGABYTES)));
        Outcome outcome;
        try (var sink = open()) {
            outcome = sink.deliver(delivery);
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            assertThat(rejected.why()).contains("_bytes");
            assertArrived(List.of());
        } else {
            assertThat(outcome).isEqualTo(Outcome.DELIVERED);
            assertArrived(List.of(delivery));
        }
    }

    @Test
    void goesOnAfterRecordsThatCannotBeDecoded() {
        TestDelivery good = delivery(2, Collections.nCopies(RECORDS, TEXT));
        try (var sink = open()) {
            // A sink that does not look inside may well deliver them.
            assertThat(sink.deliver(TestDelivery.garbage(1)))
                    .isInstanceOfAny(Outcome.Rejected.class, Outcome.Delivered.class);
            assertThat(sink.deliver(good)).isEqualTo(Outcome.DELIVERED);
        }
        if (targetTells()) {
            assertThat(arrivedMarkers()).containsAll(good.markers());
        }
    }

    @Test
    void closesTwice() {
        try (var sink = open()) {
            sink.deliver(delivery(1, List.of(TEXT)));
            sink.closeSink();
            sink.closeSink();
        }
    }

    @Test
    void closesWithoutADelivery() {
        open().close();
        assertArrived(List.of());
    }

    @Test
    void deliversNothingOnceClosed() {
        TestDelivery before = delivery(1, List.of(TEXT));
        try (var sink = open()) {
            sink.deliver(before);
            sink.closeSink();
            assertThat(sink.deliver(delivery(2, List.of(TEXT)))).isInstanceOf(Outcome.Retry.class);
        }
        assertArrived(List.of(before));
    }

    @Test
    void neverBlocksAnEventLoop() {
        answer(() -> Reply.SLOW);
        String text = "z".repeat(100);
        TestDelivery large = delivery(1, Collections.nCopies(5_000, text));
        try (var sink = open()) {
            assertThat(sink.deliver(large)).isEqualTo(Outcome.DELIVERED);
        }
        assertThat(blocked).isEmpty();
    }

    @Test
    void leavesNoThreadAndNoHandleBehind() throws Exception {
        // The first rounds start what the process keeps: event loops, workers, resolvers.
        for (int round = 0; round < 3; round++) {
            useOnce(round);
        }
        Resources before = settled();
        for (int round = 3; round < 8; round++) {
            useOnce(round);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SinkDriver.WAIT_SECONDS);
        while (!Resources.now().noMoreThan(before)) {
            assertThat(System.nanoTime())
                    .as("%s, before %s", Resources.now(), before)
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(CHECK_INTERVAL_MS);
        }
    }

    private void useOnce(int round) {
        try (var sink = open()) {
            List<TestDelivery> some = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                some.add(delivery(100L * round + i, List.of(TEXT, TEXT)));
            }
            sink.deliverAll(some, concurrency(4));
        }
    }

    /** The resources once they have stood still for a while. */
    private static Resources settled() throws InterruptedException {
        Resources last = Resources.now();
        int still = 0;
        while (still < 10) {
            TimeUnit.MILLISECONDS.sleep(CHECK_INTERVAL_MS);
            Resources now = Resources.now();
            still = now.equals(last) ? still + 1 : 0;
            last = now;
        }
        return last;
    }
}
