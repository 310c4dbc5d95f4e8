package io.penstock.exporter.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.Outcome;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The limits against targets of many kinds, in virtual time: how much gets done, compared with the
 * best that any fixed setting gets done, and how soon after a trouble it is all again.
 */
class PressureSimulationTest {
    private static final int BOUND = 32;

    /** What {@code concurrency} is when nobody says otherwise, and twice as much. */
    private static final int[] USUAL_BOUNDS = {8, 16};

    private static final long MIB = 1 << 20;

    /** Looks at a rate for so long, so that a single trial does not decide. */
    private static final double LONG_ENOUGH_S = 40;

    private static final int[] FIXED = {1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 24, 32};
    private static final double[] LATENCIES_MS = {0.2, 2, 20, 100, 500};

    /** A target by its capacity. */
    private interface Kind {
        VirtualTarget make(int capacity, VirtualTarget.Service service, SplittableRandom random);
    }

    private final long seed = Long.getLong("penstock.seed", System.nanoTime());

    private static VirtualExport export(PressureConfig config, int bound, VirtualTarget target) {
        return new VirtualExport(
                new Pressure.Bounds(1, bound, MIB, 10_000),
                config,
                RateConfig.none(),
                60_000,
                target);
    }

    private static VirtualExport adaptive(int bound, VirtualTarget target) {
        return export(PressureConfig.defaults(), bound, target);
    }

    private static VirtualExport adaptive(VirtualTarget target) {
        return export(PressureConfig.defaults(), BOUND, target);
    }

    /** Long enough to find the way down from 32 in flight, and back where that was too far. */
    private static double warmUpSeconds(double latencyMs) {
        return latencyMs < 1 ? 12 : 40 + latencyMs / 10;
    }

    private double bestFixed(Kind kind, int capacity, VirtualTarget.Service service, double ms) {
        double best = 0;
        for (int fixed : FIXED) {
            VirtualTarget target = kind.make(capacity, service, new SplittableRandom(seed));
            VirtualExport export = export(PressureConfig.fixed(), fixed, target);
            export.run(1);
            best = Math.max(best, export.throughput(ms < 1 ? 2 : 20 + ms / 4));
        }
        return best;
    }

    private void holds(Kind kind, double ms, VirtualTarget.Service service, double share) {
        holds(BOUND, kind, ms, service, share);
    }

    private void holds(
            int bound, Kind kind, double ms, VirtualTarget.Service service, double share) {
        System.out.println("penstock.seed=" + seed);
        for (int capacity : new int[] {2, 5, 8}) {
            double best = bestFixed(kind, capacity, service, ms);
            VirtualExport export =
                    adaptive(bound, kind.make(capacity, service, new SplittableRandom(seed)));
            export.run(warmUpSeconds(ms));
            // long enough that what is luck does not decide
            assertThat(export.throughput(ms < 1 ? 10 : 60 + ms / 4) / best)
                    .as("seed %d, capacity %d, changes %s", seed, capacity, export.changes())
                    .isGreaterThan(share);
        }
    }

    @TestFactory
    java.util.stream.Stream<DynamicTest> isWithinATenthOfTheBestFixedSettingAtAnyLatency() {
        return java.util.Arrays.stream(LATENCIES_MS)
                .boxed()
                .flatMap(
                        ms ->
                                java.util.stream.Stream.of(
                                        test(
                                                "queueing, exact",
                                                ms,
                                                VirtualTarget::queueing,
                                                VirtualTarget.exactly(ms)),
                                        test(
                                                "queueing, a fifth more or less",
                                                ms,
                                                VirtualTarget::queueing,
                                                VirtualTarget.about(ms)),
                                        test(
                                                "refusing beyond its capacity",
                                                ms,
                                                (n, service, random) ->
                                                        VirtualTarget.refusing(
                                                                n,
                                                                Outcome.Retry.BACK_OFF,
                                                                service,
                                                                random),
                                                VirtualTarget.about(ms))));
    }

    /** Response times that are our own process's fall as it warms up, a little with every look. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 5, 10, 20})
    void whatWasLearntWhileTheProcessWasColdIsForgottenSoon(double answerMs) {
        VirtualExport best =
                export(PressureConfig.fixed(), 16, VirtualTarget.warmingUp(2, answerMs));
        best.run(3);
        VirtualExport export = adaptive(16, VirtualTarget.warmingUp(2, answerMs));
        export.run(3);
        assertThat(export.throughput(9) / best.throughput(9))
                .as("changes %s", export.changes())
                .isGreaterThan(0.75);
    }

    /**
     * The targets that are the hardest to understand: each answer takes long, and one too many
     * makes all of them longer.
     */
    @TestFactory
    java.util.stream.Stream<DynamicTest> withAUsualBoundItIsSoForTargetsThatThrashTooUpToASecond() {
        return java.util.Arrays.stream(new double[] {2, 20, 100, 500, 1_000})
                .boxed()
                .flatMap(
                        ms ->
                                java.util.stream.Stream.of(0.05, 0.2)
                                        .flatMap(cost -> thrashing(ms, cost)));
    }

    private java.util.stream.Stream<DynamicTest> thrashing(double ms, double costOfOneMore) {
        Kind kind =
                (n, service, random) -> VirtualTarget.thrashing(n, costOfOneMore, service, random);
        return java.util.Arrays.stream(USUAL_BOUNDS)
                .mapToObj(
                        bound ->
                                DynamicTest.dynamicTest(
                                        "at most "
                                                + bound
                                                + ", "
                                                + costOfOneMore
                                                + ", "
                                                + ms
                                                + " ms",
                                        () ->
                                                holds(
                                                        bound,
                                                        kind,
                                                        ms,
                                                        VirtualTarget.exactly(ms),
                                                        0.9)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 20, 100, 500, 1_000})
    void withTheDefaultBoundItIsSoForTargetsThatQueueOrRefuseUpToASecond(double ms) {
        int bound = USUAL_BOUNDS[0];
        holds(bound, VirtualTarget::queueing, ms, VirtualTarget.about(ms), 0.9);
        holds(bound, VirtualTarget::queueing, ms, VirtualTarget.scattered(ms), 0.8);
        holds(
                bound,
                (n, service, random) ->
                        VirtualTarget.refusing(n, Outcome.Retry.BACK_OFF, service, random),
                ms,
                VirtualTarget.about(ms),
                0.9);
    }

    private DynamicTest test(String what, double ms, Kind kind, VirtualTarget.Service service) {
        return DynamicTest.dynamicTest(
                what + ", " + ms + " ms", () -> holds(kind, ms, service, 0.9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 2, 20, 100, 500})
    void keepsMostOfItWhereResponseTimesScatterWidely(double ms) {
        holds(VirtualTarget::queueing, ms, VirtualTarget.scattered(ms), 0.8);
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 20, 100, 500})
    void findsTheCapacityOfATargetThatThrashesBeyondIt(double ms) {
        holds(
                (n, service, random) -> VirtualTarget.thrashing(n, 0.05, service, random),
                ms,
                VirtualTarget.exactly(ms),
                0.9);
    }

    /** Of 32 in flight the last answers of the first turn take half a minute. */
    @Test
    void doesNotWaitForAWholeTurnWhereTheFirstOneQueues() {
        VirtualExport export =
                adaptive(
                        VirtualTarget.thrashing(
                                2, 0.2, VirtualTarget.exactly(500), new SplittableRandom(seed)));
        export.run(10);
        assertThat(export.pressure().stats().concurrencyLimit()).isLessThanOrEqualTo(8);
    }

    /** A delivery now and then is no turn, however long it lasts until half of one is back. */
    @Test
    void takesNoQueueForGrantedWhereLittleIsInFlight() {
        Pressure pressure =
                new Pressure(
                        new Pressure.Bounds(1, 8, MIB, 10_000),
                        PressureConfig.defaults(),
                        new Rate(RateConfig.none(), 0),
                        failures -> 1,
                        change -> {});
        for (long second = 1; second < 60; second++) {
            long nowNs = second * 1_000_000_000;
            Pressure.Start start = pressure.started(nowNs, 100, MIB);
            pressure.answered(start, nowNs + 1_000_000, MIB, 1);
        }
        assertThat(pressure.stats().concurrencyLimit()).isEqualTo(8);
        // a burst after it is a turn from where it began
        long nowNs = 100_000_000_000L;
        Pressure.Start[] burst = new Pressure.Start[8];
        for (int i = 0; i < 8; i++) {
            burst[i] = pressure.started(nowNs, 100, MIB);
        }
        pressure.answered(burst[0], nowNs + 1_000_000, MIB, 8);
        assertThat(pressure.stats().concurrencyLimit()).isEqualTo(8);
    }

    @Test
    void startsWithAllThatItMay() {
        VirtualExport export =
                adaptive(
                        VirtualTarget.queueing(
                                BOUND, VirtualTarget.exactly(20), new SplittableRandom(seed)));
        assertThat(export.throughput(0.5)).isGreaterThan(0.9 * BOUND * MIB / 0.020);
    }

    @Test
    void tellsOfEachChangeWhatWasBeforeAndWhatMovedIt() {
        VirtualExport export =
                adaptive(
                        VirtualTarget.queueing(
                                5, VirtualTarget.exactly(20), new SplittableRandom(seed)));
        export.run(60);
        long at = BOUND;
        for (LimitChange change : export.changes()) {
            assertThat(change.what()).isEqualTo(LimitChange.What.CONCURRENCY);
            assertThat(change.from()).isEqualTo(at);
            assertThat(change.detail()).isNotEmpty();
            at = change.to();
        }
        PressureStats stats = export.pressure().stats();
        assertThat(stats.concurrencyLimit()).isEqualTo((int) at);
        assertThat(stats.changes().values().stream().mapToLong(n -> n).sum())
                .isEqualTo(export.changes().size());
        assertThat(stats.changes().get(Signal.RESPONSE_TIME)).isPositive();
        assertThat(stats.lastChange()).startsWith("concurrency ");
        assertThat(at).isBetween(5L, 6L);
    }

    /** What a target does while it is in trouble. */
    private interface Trouble {
        VirtualTarget.Answer answer(double ms);
    }

    private static VirtualTarget.Answer answer(double afterMs, Outcome outcome) {
        return new VirtualTarget.Answer((long) (afterMs * 1e6), outcome);
    }

    private void recovers(double ms, Trouble trouble) {
        recovers(seed, ms, trouble);
    }

    private static void recovers(long seed, double ms, Trouble trouble) {
        VirtualTarget.Service service = VirtualTarget.about(ms);
        VirtualTarget well = VirtualTarget.queueing(8, service, new SplittableRandom(seed));
        VirtualExport export =
                new VirtualExport(
                        new Pressure.Bounds(1, 8, MIB, 10_000),
                        PressureConfig.defaults(),
                        RateConfig.none(),
                        5_000,
                        well);
        export.run(20);
        double full = export.throughput(LONG_ENOUGH_S);
        export.target((nowNs, inFlight, bytes) -> trouble.answer(ms));
        export.run(60);
        assertThat(export.throughput(10)).isZero();
        export.target(VirtualTarget.queueing(8, service, new SplittableRandom(seed)));
        export.run(30);
        assertThat(export.throughput(LONG_ENOUGH_S) / full)
                .as("seed %d, changes %s", seed, export.changes())
                .isGreaterThan(0.95);
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 20, 100, 500})
    void isBackAtTheFullRateWithin30SecondsOfATargetThatWasDown(double ms) {
        recovers(
                ms,
                latency ->
                        answer(
                                1,
                                new Outcome.Retry(
                                        Outcome.Retry.BACK_OFF, "refused", Outcome.Cause.DOWN)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 20, 100, 500})
    void isBackAtTheFullRateWithin30SecondsOfATargetThatWasBusy(double ms) {
        recovers(
                ms,
                latency ->
                        answer(
                                latency,
                                new Outcome.Retry(
                                        Outcome.Retry.BACK_OFF, "HTTP 503", Outcome.Cause.BUSY)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 20, 100, 500})
    void isBackAtTheFullRateWithin30SecondsOfATargetThatStalled(double ms) {
        recovers(ms, latency -> answer(1e9, Outcome.DELIVERED));
    }

    /** A trial of less that luck led on fell into ten seconds that were to be at the full rate. */
    @Test
    void aSeedThatOnceLookedSlowAfterAStall() {
        recovers(32687550446890L, 20, latency -> answer(1e9, Outcome.DELIVERED));
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 20, 100, 500})
    void isBackAtTheFullRateWithin30SecondsOfATargetThatCrawled(double ms) {
        VirtualTarget.Service service = VirtualTarget.exactly(ms);
        VirtualExport export =
                export(
                        PressureConfig.defaults(),
                        8,
                        VirtualTarget.queueing(8, service, new SplittableRandom(seed)));
        export.run(20);
        double full = export.throughput(10);
        export.target(
                VirtualTarget.queueing(
                        1, VirtualTarget.exactly(2 * ms), new SplittableRandom(seed)));
        export.run(120);
        assertThat(export.throughput(10)).isLessThan(0.2 * full);
        export.target(VirtualTarget.queueing(8, service, new SplittableRandom(seed)));
        export.run(30);
        assertThat(export.throughput(10) / full)
                .as("seed %d, changes %s", seed, export.changes())
                .isGreaterThan(0.95);
    }

    @Test
    void waitsAsLongAsTheTargetWishesAndNoLonger() {
        long[] offers = new long[2];
        VirtualExport export =
                export(
                        PressureConfig.defaults(),
                        4,
                        (nowNs, inFlight, bytes) -> {
                            offers[nowNs < 7_000_000_000L ? 0 : 1]++;
                            return nowNs == 0
                                    ? answer(
                                            1,
                                            new Outcome.Retry(
                                                    7_000, "HTTP 429", Outcome.Cause.BUSY))
                                    : answer(1, Outcome.DELIVERED);
                        });
        export.run(8);
        assertThat(offers[0]).isEqualTo(4);
        assertThat(offers[1]).isGreaterThan(900);
    }

    @Test
    void makesDeliveriesSmallerForATargetThatIsTooLateWithLargeOnes() {
        VirtualTarget target =
                (nowNs, inFlight, bytes) ->
                        answer(bytes > 256 << 10 ? 100_000 : 100, Outcome.DELIVERED);
        VirtualExport export = export(PressureConfig.defaults(), 2, target);
        export.run(600);
        assertThat(export.pressure().batchBytes()).isBetween(64L << 10, 512L << 10);
        assertThat(export.pressure().stats().changes().get(Signal.SLOW)).isPositive();
        assertThat(export.throughput(600)).isGreaterThan(0.5 * 2 * (256 << 10) / 0.1);
    }

    @Test
    void makesDeliveriesSmallerUntilTheyAreQuickEnough() {
        VirtualTarget target =
                (nowNs, inFlight, bytes) -> answer(40_000.0 * bytes / MIB, Outcome.DELIVERED);
        VirtualExport export = export(PressureConfig.defaults(), 1, target);
        export.run(1_200);
        assertThat(export.pressure().batchBytes()).isEqualTo(MIB / 4);
    }

    @Test
    void keepsDeliveriesLargeWhenSmallerOnesAreAsSlow() {
        VirtualTarget target = (nowNs, inFlight, bytes) -> answer(15_000, Outcome.DELIVERED);
        VirtualExport export = export(PressureConfig.defaults(), 1, target);
        export.run(3_600);
        assertThat(export.throughput(36_000)).isGreaterThan(0.9 * MIB / 15);
    }

    @Test
    void movesNothingWhenItIsNotAdaptive() {
        VirtualExport export =
                export(
                        PressureConfig.fixed(),
                        BOUND,
                        VirtualTarget.refusing(
                                4, -1, VirtualTarget.exactly(20), new SplittableRandom(seed)));
        export.run(30);
        assertThat(export.changes()).isEmpty();
        assertThat(export.pressure().window()).isLessThanOrEqualTo(BOUND);
    }
}
