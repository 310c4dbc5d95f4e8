package io.penstock.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.Encoding;
import io.penstock.gateway.client.PushCall.Batch;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pusher does when an answer names owners. */
class PusherMoveTest {
    private static final String OWNER = "b:2";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nowNs = new AtomicLong();
    private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<Sent, PushAnswer> servers = any -> new PushAnswer.Staged(1, false);

    /** A batch at a server. */
    private record Sent(String server, long producer, long sequence, int number) {}

    /** Remembers what it was asked, and answers as the test says. */
    private final class Server implements PushClient {
        private final String name;

        Server(String name) {
            this.name = name;
        }

        @Override
        public Future<PushAnswer> push(PushCall call) {
            Sent now = new Sent(name, call.producerId(), call.sequence(), call.batch().bytes()[0]);
            sent.add(now);
            return Future.succeededFuture(servers.apply(now));
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Pusher pusher() {
        Pusher.Terms terms =
                new Pusher.Terms(
                        new RepoName("r"), ProducerIdentity.fresh(), AckLevel.STAGED, 4, 30_000);
        PushWays ways =
                new PushWays(
                        new Server("home"),
                        address -> new Server(address.host() + ":" + address.port()));
        return new Pusher(
                vertx,
                new PushRoute(ways.home(), terms.producer(), ways, nowNs::get),
                terms,
                ns -> {});
    }

    private static Batch batch(int number) {
        return new Batch(Encoding.NATIVE, new byte[] {(byte) number}, 1);
    }

    private static PushAnswer hint(Sent to) {
        return new PushAnswer.Staged(
                1, false, to.server().equals("home") ? List.of(OWNER) : List.of());
    }

    private List<Sent> at(String server) {
        synchronized (sent) {
            return sent.stream().filter(each -> each.server().equals(server)).toList();
        }
    }

    @Test
    void itGoesOnAtTheOwnerAsANewProducer() throws Exception {
        servers = PusherMoveTest::hint;
        Pusher pusher = pusher();
        for (int n = 0; n < 5; n++) {
            pusher.push(batch(n));
        }
        pusher.finish();
        assertThat(at("home").stream().map(Sent::number)).containsExactly(0);
        assertThat(at(OWNER).stream().map(Sent::sequence)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(at(OWNER).get(0).producer()).isNotEqualTo(at("home").get(0).producer());
        assertThat(pusher.records()).isEqualTo(5);
    }

    @Test
    void aBatchWithoutAnAnswerIsAskedAgainWhereItWentFirst() throws Exception {
        Set<Integer> lost = new HashSet<>();
        servers =
                to ->
                        to.number() < 3 && lost.add(to.number())
                                ? new PushAnswer.Again(1, "lost", true)
                                : hint(to);
        Pusher pusher = pusher();
        for (int n = 0; n < 8; n++) {
            pusher.push(batch(n));
        }
        pusher.finish();
        for (int n = 0; n < 8; n++) {
            int number = n;
            Set<Object> asWhom = new HashSet<>();
            synchronized (sent) {
                sent.stream()
                        .filter(each -> each.number() == number)
                        .forEach(
                                each ->
                                        asWhom.add(
                                                each.server() + each.producer() + each.sequence()));
            }
            assertThat(asWhom).as("batch %d", n).hasSize(1);
        }
        // the owner was pushed to only after home had answered everything
        synchronized (sent) {
            int first = sent.indexOf(at(OWNER).get(0));
            assertThat(sent.subList(first, sent.size()))
                    .allMatch(each -> each.server().equals(OWNER));
        }
    }

    @Test
    void ownersThatChangeOftenAreNotChased() throws Exception {
        servers =
                to ->
                        new PushAnswer.Staged(
                                1, false, List.of(to.server().equals("x:1") ? "y:1" : "x:1"));
        Pusher pusher = pusher();
        for (int n = 0; n < 10; n++) {
            pusher.push(batch(n));
        }
        assertThat(at("y:1")).isEmpty();
        nowNs.addAndGet(PushRoute.BETWEEN_MOVES_NS);
        for (int n = 10; n < 20; n++) {
            pusher.push(batch(n));
        }
        pusher.finish();
        assertThat(at("home")).hasSize(1);
        assertThat(at("x:1")).hasSize(9);
        assertThat(at("y:1")).hasSize(10);
    }

    @Test
    void fromAnOwnerThatCannotBeReachedItGoesHomeAndLeavesItWhatItDidNotAnswer() throws Exception {
        boolean[] up = {true};
        servers =
                to -> {
                    if (to.server().equals(OWNER) && !up[0]) {
                        return new PushAnswer.Again(20, "connection refused", false);
                    }
                    return to.number() == 0 ? hint(to) : new PushAnswer.Staged(1, false);
                };
        Pusher pusher = pusher();
        pusher.push(batch(0));
        pusher.push(batch(1));
        up[0] = false;
        pusher.push(batch(2));
        for (int n = 3; n < 9; n++) {
            pusher.push(batch(n));
        }
        up[0] = true;
        pusher.finish();
        assertThat(at("home").stream().map(Sent::number)).containsExactly(0, 3, 4, 5, 6, 7, 8);
        assertThat(at(OWNER).stream().map(Sent::number).distinct()).containsExactly(1, 2);
        assertThat(at("home").stream().map(Sent::producer).distinct()).hasSize(2);
        assertThat(pusher.records()).isEqualTo(9);
    }

    @Test
    void anAddressThatIsNoneIsPassedOver() throws Exception {
        servers = to -> new PushAnswer.Staged(1, false, List.of("nonsense"));
        Pusher pusher = pusher();
        for (int n = 0; n < 3; n++) {
            pusher.push(batch(n));
        }
        pusher.finish();
        assertThat(at("home")).hasSize(3);
    }
}
