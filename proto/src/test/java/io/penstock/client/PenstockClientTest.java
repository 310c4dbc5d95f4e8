package io.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.client.Answer.Trouble;
import io.penstock.client.PushException.Fate;
import io.penstock.proto.record.v1.RecordBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PenstockClientTest {
    private final Servers servers = new Servers();

    private static ClientBuilder home() {
        return PenstockClient.builder().endpoint("a:1").close(Duration.ofSeconds(5));
    }

    /** A batch that says how many records it has in its first byte. */
    private static Batch batch(int number) {
        return new Batch(Form.NATIVE, new byte[] {(byte) number, 0, 0, 0}, 1);
    }

    private static PushException failure(CompletableFuture<?> future) throws Exception {
        try {
            future.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            return Objects.requireNonNull((PushException) failed.getCause());
        }
        throw new AssertionError("it did not fail");
    }

    private static <T> T of(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private List<Long> sequences() {
        return servers.asked.stream().map(post -> post.stamp().sequence()).toList();
    }

    // ---- again and again

    @Test
    void aBatchIsSentAgainUnderTheSameSequenceUntilItIsStaged() throws Exception {
        servers.answer(
                post ->
                        servers.asked.size() < 3
                                ? Servers.again(Trouble.FULL)
                                : Servers.staged(post));
        try (PenstockClient client = home().build(servers)) {
            of(client.send("r", batch(1)));
            assertThat(sequences()).containsExactly(1L, 1L, 1L);
            assertThat(client.counts().retries()).isEqualTo(2);
            assertThat(client.heldBytes()).isZero();
        }
    }

    @Test
    void aRefusalForGoodFailsItsBatchAndNoOther() throws Exception {
        servers.answer(
                post ->
                        post.body()[0] == 1
                                ? new Answer.Never("400: malformed", false)
                                : Servers.staged(post));
        try (PenstockClient client = home().build(servers)) {
            PushException refused = failure(client.send("r", batch(1)));
            assertThat(refused).hasMessageContaining("400: malformed");
            assertThat(refused.fate()).isEqualTo(Fate.NOT_STAGED);
            assertThat(of(client.send("r", batch(2))).records()).isEqualTo(2);
        }
    }

    @Test
    void afterTheDeadlineItSaysWhetherTheBatchMayBeStaged() throws Exception {
        try (PenstockClient client = home().deadline(Duration.ofMillis(20)).build(servers)) {
            servers.answer(post -> Servers.again(Trouble.UNREACHED));
            PushException never = failure(client.send("r", batch(1)));
            assertThat(never.fate()).isEqualTo(Fate.NOT_STAGED);
            assertThat(never.reached()).isFalse();
            servers.answer(post -> Servers.again(Trouble.BROKEN));
            assertThat(failure(client.send("r", batch(2))).fate()).isEqualTo(Fate.UNKNOWN);
        }
    }

    @Test
    void aSequenceThatIsNotTakenIsTriedAsANewProducerOnceWhenNothingCanBeStaged() throws Exception {
        servers.answer(
                post ->
                        servers.asked.size() == 1
                                ? new Answer.Never("409: jumped", true)
                                : Servers.staged(post));
        try (PenstockClient client = home().build(servers)) {
            of(client.send("r", batch(1)));
            Set<Long> producers = new HashSet<>();
            servers.asked.forEach(post -> producers.add(post.stamp().producerId()));
            assertThat(producers).hasSize(2);
        }
    }

    // ---- two with one identity

    @Test
    void whoeverUsesOurProducerIsNoticedInsteadOfTakenForOurRetry() throws Exception {
        servers.answer(post -> Servers.staged(post, true));
        try (PenstockClient client = home().build(servers)) {
            PushException shared = failure(client.send("r", batch(1)));
            assertThat(shared)
                    .hasMessageContaining("another client")
                    .hasMessageContaining("producer");
            assertThat(shared.fate()).isEqualTo(Fate.NOT_STAGED);
        }
    }

    @Test
    void aDuplicateAfterALostAnswerIsAReceipt() throws Exception {
        servers.answer(
                post ->
                        servers.asked.size() == 1
                                ? Servers.again(Trouble.BROKEN)
                                : Servers.staged(post, true));
        try (PenstockClient client = home().build(servers)) {
            assertThat(of(client.send("r", batch(1))).duplicate()).isTrue();
            assertThat(client.counts().duplicates()).isEqualTo(1);
        }
    }

    @Test
    void underAStampOfTheCallerADuplicateIsAReceiptAtOnce() throws Exception {
        servers.answer(post -> Servers.staged(post, true, "b:2"));
        try (PenstockClient client = home().endpoint("c:3").build(servers)) {
            assertThat(of(client.send("r", batch(1), new Stamp(7, 41))).duplicate()).isTrue();
            of(client.send("r", batch(1), new Stamp(7, 42)));
        }
        assertThat(servers.at("a")).extracting(p -> p.stamp().sequence()).containsExactly(41L, 42L);
        assertThat(servers.asked).hasSize(2);
    }

    @Test
    void aKeptProducerGoesOnAndServesOneRepo(@TempDir Path directory) throws Exception {
        for (int life = 0; life < 2; life++) {
            try (ProducerFile file = ProducerFile.open(directory.resolve("p"));
                    PenstockClient client = home().producer(file).build(servers)) {
                of(client.send("r", batch(1)));
                assertThatThrownBy(() -> client.send("other", batch(1)))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("one repo");
            }
        }
        assertThat(sequences()).containsExactly(1L, 2L);
        assertThat(servers.asked.stream().map(p -> p.stamp().producerId()).distinct()).hasSize(1);
    }

    // ---- where to

    @Test
    void whatMayBeStagedIsAskedAgainWhereItWentAndTheNextGoesToTheNextServer() throws Exception {
        boolean[] up = {false};
        servers.answer(
                post ->
                        post.endpoint().getHost().equals("a") && !up[0]
                                ? Servers.again(Trouble.BROKEN)
                                : Servers.staged(post));
        try (PenstockClient client = home().endpoint("b:2").build(servers)) {
            CompletableFuture<PushReceipt> first = client.send("r", batch(1));
            of(client.send("r", batch(2)));
            of(client.send("r", batch(3)));
            assertThat(first).isNotDone();
            up[0] = true;
            of(first);
        }
        assertThat(servers.at("a")).allMatch(post -> post.body()[0] == 1);
        assertThat(servers.at("a")).allMatch(post -> post.stamp().sequence() == 1);
        assertThat(servers.at("b"))
                .extracting(p -> p.body()[0])
                .containsExactly((byte) 2, (byte) 3);
        assertThat(servers.at("b").get(0).stamp().producerId())
                .isNotEqualTo(servers.at("a").get(0).stamp().producerId());
    }

    @Test
    void whatCertainlyIsNotStagedGoesToTheNextServerItself() throws Exception {
        servers.answer(
                post ->
                        post.endpoint().getHost().equals("a")
                                ? Servers.again(Trouble.UNAVAILABLE)
                                : Servers.staged(post));
        try (PenstockClient client = home().endpoint("b:2").build(servers)) {
            of(client.send("r", batch(1)));
        }
        assertThat(servers.at("a")).hasSize(1);
        assertThat(servers.at("b")).hasSize(1);
    }

    @Test
    void afterAHintItGoesOnAtTheOwnerAsANewProducer() throws Exception {
        servers.answer(
                post ->
                        post.endpoint().getHost().equals("a")
                                ? Servers.staged(post, "o:9")
                                : Servers.staged(post));
        try (PenstockClient client = home().build(servers)) {
            for (int n = 1; n < 5; n++) {
                of(client.send("r", batch(n)));
            }
        }
        assertThat(servers.at("a")).hasSize(1);
        assertThat(servers.at("o"))
                .extracting(p -> p.stamp().sequence())
                .containsExactly(1L, 2L, 3L);
        assertThat(servers.at("o").get(0).stamp().producerId())
                .isNotEqualTo(servers.at("a").get(0).stamp().producerId());
    }

    @Test
    void fromAnOwnerThatIsLostItGoesHome() throws Exception {
        boolean[] up = {true};
        servers.answer(
                post -> {
                    if (post.endpoint().getHost().equals("o")) {
                        return up[0] ? Servers.staged(post) : Servers.again(Trouble.UNREACHED);
                    }
                    return Servers.staged(post, "o:9");
                });
        try (PenstockClient client = home().build(servers)) {
            of(client.send("r", batch(1)));
            of(client.send("r", batch(2)));
            up[0] = false;
            of(client.send("r", batch(3)));
            of(client.send("r", batch(4)));
        }
        assertThat(servers.at("a")).extracting(p -> (int) p.body()[0]).containsExactly(1, 3, 4);
    }

    @Test
    void ownersThatChangeOftenAreNotChasedAndAddressesThatAreNonePassedOver() throws Exception {
        servers.answer(
                post ->
                        post.endpoint().getHost().equals("a")
                                ? Servers.staged(post, post.body()[0] == 1 ? "::nonsense" : "x:1")
                                : Servers.staged(post, "y:1"));
        try (PenstockClient client = home().build(servers)) {
            for (int n = 1; n < 10; n++) {
                of(client.send("r", batch(n)));
            }
        }
        assertThat(servers.at("a")).hasSize(2);
        assertThat(servers.at("x")).hasSize(7);
        assertThat(servers.at("y")).isEmpty();
    }

    // ---- bounds

    @Test
    void neverHasMoreUnderWayThanAllowedNorSequencesFarApart() throws Exception {
        List<CompletableFuture<Answer>> open = new ArrayList<>();
        servers.answers =
                post -> {
                    CompletableFuture<Answer> answer = new CompletableFuture<>();
                    synchronized (open) {
                        if (post.body()[0] == 1 || open.size() < 2) {
                            open.add(answer);
                            return answer;
                        }
                    }
                    return Servers.now(Servers.staged(post));
                };
        List<CompletableFuture<PushReceipt>> receipts = new ArrayList<>();
        try (PenstockClient client = home().underWay(2).build(servers)) {
            for (int n = 1; n <= 300; n++) {
                receipts.add(client.send("r", batch(n == 1 ? 1 : 2)));
            }
            assertThat(servers.asked).hasSize(2);
            open.get(1).complete(Servers.staged(servers.asked.get(1)));
            // the first has no answer: the others may not run away from it
            of(receipts.get(Leg.MAX_SPREAD - 1));
            assertThat(servers.asked).hasSize(Leg.MAX_SPREAD + 1);
            open.get(0).complete(Servers.staged(servers.asked.get(0)));
            of(receipts.get(299));
        }
        assertThat(servers.asked).hasSize(300);
    }

    @Test
    void holdsNoMoreBytesThanAllowedAndSaysWhenThereIsRoom() throws Exception {
        List<CompletableFuture<Answer>> open = new ArrayList<>();
        servers.answers =
                post -> {
                    CompletableFuture<Answer> answer = new CompletableFuture<>();
                    open.add(answer);
                    return answer;
                };
        Batch large = new Batch(Form.TEXT, new byte[1000], 1);
        try (PenstockClient client =
                home().maxBytes(2500).close(Duration.ofMillis(10)).build(servers)) {
            assertThat(client.ready()).isCompleted();
            for (int n = 0; n < 3; n++) {
                assertThat(client.send("r", large)).isNotDone();
            }
            assertThat(client.ready()).isNotDone();
            CompletableFuture<Void> ready = client.ready();
            for (int n = 0; n < 1000; n++) {
                assertThat(failure(client.send("r", large)).fate()).isEqualTo(Fate.NOT_STAGED);
                assertThat(failure(client.append("r", PushRecord.at(1))).fate())
                        .isEqualTo(Fate.NOT_STAGED);
            }
            assertThat(client.heldBytes()).isEqualTo(3000);
            open.get(0).complete(Servers.staged(servers.asked.get(0)));
            of(ready);
            assertThat(client.send("r", large)).isNotDone();
        }
    }

    // ---- records

    @Test
    void recordsGoByNumberByBytesAndByAge() throws Exception {
        try (PenstockClient client =
                home().batchRecords(3).linger(Duration.ofMillis(30)).build(servers)) {
            CompletableFuture<PushReceipt> last = null;
            for (int n = 0; n < 7; n++) {
                last = client.append("r", PushRecord.at(n + 1).with("n", n).with("only-" + n, "x"));
            }
            assertThat(servers.asked).hasSize(2);
            of(Objects.requireNonNull(last));
        }
        List<Long> numbers = new ArrayList<>();
        for (Transport.Post post : servers.asked) {
            RecordBatch batch = RecordBatch.parseFrom(post.body());
            batch.getRecordsList().forEach(r -> numbers.add(r.getValues(0).getIntValue()));
            assertThat(batch.getFields(0).getName()).isEqualTo("n");
            assertThat(batch.getRecords(0).getValues(1).getStringValue()).isEqualTo("x");
        }
        assertThat(numbers).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(RecordBatch.parseFrom(servers.asked.get(0).body()).getFieldsCount())
                .isEqualTo(4);
    }

    @Test
    void closingSendsWhatWasAppendedAndFailsWhatHasNoAnswerInTime() throws Exception {
        PenstockClient well = home().linger(Duration.ofMinutes(10)).build(servers);
        CompletableFuture<PushReceipt> appended = well.append("r", PushRecord.at(1).with("a", 1));
        well.close();
        assertThat(appended).isCompleted();
        assertThat(well.heldBytes()).isZero();
        assertThatThrownBy(() -> well.send("r", batch(1)))
                .isInstanceOf(IllegalStateException.class);

        servers.answers = post -> new CompletableFuture<>();
        PenstockClient hung = home().underWay(1).close(Duration.ofMillis(20)).build(servers);
        CompletableFuture<PushReceipt> first = hung.send("r", batch(1));
        CompletableFuture<PushReceipt> second = hung.send("r", batch(2));
        hung.close();
        assertThat(failure(first)).hasMessageContaining("closed");
        assertThat(failure(second).fate()).isEqualTo(Fate.NOT_STAGED);
        assertThat(hung.heldBytes()).isZero();
    }

    @Test
    void flushFailsAsABatchFailed() throws Exception {
        servers.answer(post -> new Answer.Never("no", false));
        try (PenstockClient client = home().build(servers)) {
            CompletableFuture<PushReceipt> appended =
                    client.append("r", PushRecord.at(1).with("a", 1));
            assertThat(failure(client.flush())).hasMessageContaining("no");
            assertThat(failure(appended)).hasMessageContaining("no");
        }
    }

    @Test
    void namesAndAddressesThatAreNoneAreRefusedAtOnce() {
        try (PenstockClient client = home().build(servers)) {
            assertThatThrownBy(() -> client.send("../x", batch(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String bad : List.of("a:b", "ftp://x:1", "a:0", "a:70000", "http://a:1/path", ":1")) {
            assertThatThrownBy(() -> PenstockClient.builder().endpoint(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
