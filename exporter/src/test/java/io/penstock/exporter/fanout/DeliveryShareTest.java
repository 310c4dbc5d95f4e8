package io.penstock.exporter.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.pressure.DeliveryShare;
import io.penstock.exporter.sink.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports ask for a place beside those of others, take it, and give it back. */
class DeliveryShareTest {
    @TempDir private Path root = Path.of("");

    /** So many places. */
    private static final class Places implements DeliveryShare {
        private final AtomicInteger limit = new AtomicInteger();
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public boolean mayStart() {
            return taken.get() < limit.get();
        }

        @Override
        public void started() {
            most.accumulateAndGet(taken.incrementAndGet(), Math::max);
        }

        @Override
        public void ended(int deliveries) {
            taken.addAndGet(-deliveries);
        }
    }

    private static TestNode node(Path root, ScriptedSink sink, Places places) {
        BatchLimits one = new BatchLimits(1, 1 << 20, 0);
        TestNode node =
                new TestNode(
                        root,
                        TestNode.smallRing(),
                        List.of(sink.export(TestNode.spec("out", one, 8))));
        node.fanOut.share(repo -> places);
        return node;
    }

    @Test
    void whoHasNoPlaceWaitsForOneAndNoMoreThanThereAreAreTaken() {
        ScriptedSink sink = new ScriptedSink();
        Places places = new Places();
        try (TestNode node = node(root, sink, places)) {
            sink.script = seen -> sink.hangs();
            node.pushRange(0, 20, 1);
            TestNode.until(() -> node.stats("out").lagRecords() == 20);
            assertThat(sink.offered).isEmpty();

            places.limit.set(3);
            TestNode.until(() -> sink.pending.size() == 3);
            sink.script = ScriptedSink::takes;
            sink.pending.forEach(p -> p.complete(Outcome.DELIVERED));

            assertThat(node.settled("out").delivered()).isEqualTo(20);
            assertThat(places.most).hasValue(3);
            TestNode.until(() -> places.taken.get() == 0);
        }
    }

    @Test
    void whatIsTakenBackAtAStopGivesItsPlaceBack() {
        ScriptedSink sink = new ScriptedSink();
        Places places = new Places();
        places.limit.set(5);
        try (TestNode node = node(root, sink, places)) {
            sink.script = seen -> sink.hangs();
            node.pushRange(0, 20, 1);
            TestNode.until(() -> places.taken.get() == 5);
        }
        assertThat(places.taken).hasValue(0);
    }
}
