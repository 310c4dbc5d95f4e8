package io.penstock.gateway.metrics.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.Offer;
import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.metrics.Collector;
import io.penstock.gateway.metrics.MetricsPage;
import io.penstock.model.RepoName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of rounds that the repo does not take. */
class OwnMetricsTest {
    private static final MetricsConfig OFTEN =
            new MetricsConfig(new MetricsConfig.Export(true, new RepoName("_penstock"), 100));

    private final Vertx vertx = Vertx.vertx();
    private final Queue<Offer> offered = new ConcurrentLinkedQueue<>();
    private volatile Consumer<Offer> answer = offer -> {};
    private volatile Context loop;
    private OwnMetrics own;

    @BeforeEach
    void start() throws Exception {
        Intake intake =
                offer -> {
                    offered.add(offer);
                    answer.accept(offer);
                };
        loop = vertx.getOrCreateContext();
        own =
                new OwnMetrics(
                        vertx,
                        "n1",
                        OFTEN,
                        context -> {
                            loop = context;
                            return intake;
                        });
        own.reads(new MetricsPage(List.<Collector>of(own)));
    }

    @AfterEach
    void stop() throws Exception {
        TestNode.await(vertx.close());
    }

    private long counted(String metric) {
        Matcher sample =
                Pattern.compile("(?m)^" + metric + " (\\d+)$")
                        .matcher(new MetricsPage(List.<Collector>of(own)).render());
        assertThat(sample.find()).isTrue();
        return Long.parseLong(sample.group(1));
    }

    @Test
    void whatTheRepoRefusesIsCountedAndTheNextRoundComesAllTheSame() throws Exception {
        answer = offer -> offer.refused(new Refusal.UnknownRepo("there is no such repo"));
        TestNode.await(own.start());
        TestNode.until(() -> counted("penstock_own_metrics_lost_records_total") >= 2);
        assertThat(counted("penstock_own_metrics_records_total")).isZero();
        assertThat(offered).allMatch(offer -> offer.repo().value().equals("_penstock"));
        TestNode.await(own.close());
        TestNode.await(own.close());
    }

    @Test
    void aRoundThatIsNotAnsweredHoldsUpNobodyAndTheNextFallOut() throws Exception {
        TestNode.await(own.start());
        TestNode.until(() -> counted("penstock_own_metrics_skipped_rounds_total") >= 1);
        assertThat(offered).hasSize(1);
        Future<Void> closed = own.close();
        assertThat(closed.isComplete()).isFalse();
        Refusal stopping = new Refusal.Unavailable(1, "the node is stopping");
        loop.runOnContext(v -> offered.forEach(offer -> offer.refused(stopping)));
        TestNode.await(closed);
    }

    @Test
    void switchedOffItDoesNothing() throws Exception {
        OwnMetrics off =
                new OwnMetrics(
                        vertx,
                        "n1",
                        new MetricsConfig(
                                new MetricsConfig.Export(false, new RepoName("_penstock"), 100)),
                        context -> {
                            throw new AssertionError("asked for an intake");
                        });
        TestNode.await(off.start());
        TestNode.await(off.close());
    }
}
