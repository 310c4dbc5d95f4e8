package io.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PusherTest {
    private final Servers servers = new Servers();

    private PenstockClient client(int underWay) {
        return PenstockClient.builder()
                .endpoint("a:1")
                .underWay(underWay)
                .close(Duration.ZERO)
                .build(servers);
    }

    private static Batch batch() {
        return new Batch(Form.NATIVE, new byte[] {3}, 3);
    }

    @Test
    void waitsForAPlace() throws Exception {
        List<CompletableFuture<Answer>> open = Collections.synchronizedList(new ArrayList<>());
        servers.answers =
                post -> {
                    CompletableFuture<Answer> answer = new CompletableFuture<>();
                    open.add(answer);
                    return answer;
                };
        try (PenstockClient client = client(2)) {
            Pusher pusher = new Pusher(client, "r");
            pusher.push(batch());
            pusher.push(batch());
            CountDownLatch third = new CountDownLatch(1);
            Thread pushing =
                    new Thread(
                            () -> {
                                try {
                                    pusher.push(batch());
                                    third.countDown();
                                } catch (PushException | InterruptedException unexpected) {
                                    throw new AssertionError(unexpected);
                                }
                            });
            pushing.start();
            assertThat(third.await(50, TimeUnit.MILLISECONDS)).isFalse();
            open.get(0).complete(Servers.staged(servers.asked.get(0)));
            assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
            open.get(1).complete(Servers.staged(servers.asked.get(1)));
            open.get(2).complete(Servers.staged(servers.asked.get(2)));
            pusher.finish();
            assertThat(client.counts().records()).isEqualTo(9);
        }
    }

    @Test
    void endsWithTheReasonWhenABatchIsRefusedForGood() throws Exception {
        servers.answer(post -> new Answer.Never("malformed", false));
        try (PenstockClient client = client(1)) {
            Pusher pusher = new Pusher(client, "r");
            pusher.push(batch());
            assertThatThrownBy(pusher::finish)
                    .isInstanceOf(PushException.class)
                    .hasMessage("batch 1: malformed");
            assertThatThrownBy(() -> pusher.push(batch())).isInstanceOf(PushException.class);
        }
    }
}
