package io.penstock.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.ByteChunks;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.Lane;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcFramerTest {
    private static final int ROUNDS = 3000;
    private static final int LIMIT = 1 << 20;

    private DataPort port;
    private Lane lane;

    @BeforeEach
    void open() {
        AtomicReference<Lane> made = new AtomicReference<>();
        port =
                new DataPort(
                        DataPort.small(),
                        1,
                        List.of(
                                fresh -> {
                                    made.set(fresh);
                                    return new GrpcIngress(fresh, ControlServices::of);
                                }));
        lane = Objects.requireNonNull(made.get());
    }

    @AfterEach
    void close() {
        port.close();
    }

    private record Message(boolean compressed, Buffer bytes) {}

    @Test
    void cutsTheSameMessagesOutOfAnySplit() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        onTheLane(
                () -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    for (int round = 0; round < ROUNDS; round++) {
                        roundTrip(random, "seed " + seed + ", round " + round);
                    }
                    return null;
                });
    }

    private void roundTrip(SplittableRandom random, String what) {
        List<Message> messages = new ArrayList<>();
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 4 : 5000)];
            random.nextBytes(bytes);
            Message message = new Message(random.nextBoolean(), Buffer.buffer(bytes));
            messages.add(message);
            wire.writeBytes(io.penstock.gateway.ingest.Batches.framed(bytes, message.compressed()));
        }
        byte[] all = wire.toByteArray();
        GrpcFramer framer = new GrpcFramer(lane);
        List<Message> cut = new ArrayList<>();
        int at = 0;
        while (at < all.length) {
            int piece =
                    Math.min(all.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 9000));
            // The chunk lies somewhere in a larger array, as Netty's slices do.
            int shift = random.nextInt(7);
            byte[] chunk = new byte[shift + piece + random.nextInt(3)];
            System.arraycopy(all, at, chunk, shift, piece);
            feed(framer, chunk, shift, piece, cut);
            at += piece;
        }
        assertThat(framer.inside()).as(what).isFalse();
        assertThat(cut).as(what).hasSameSizeAs(messages);
        for (int i = 0; i < cut.size(); i++) {
            assertThat(cut.get(i).bytes()).as(what).isEqualTo(messages.get(i).bytes());
            assertThat(cut.get(i).compressed()).as(what).isEqualTo(messages.get(i).compressed());
        }
    }

    private void feed(GrpcFramer framer, byte[] chunk, int offset, int length, List<Message> cut) {
        int fed = 0;
        while (fed < length) {
            int used = framer.feed(chunk, offset + fed, length - fed);
            assertThat(used).isPositive();
            fed += used;
            assertThat(framer.fault()).isNull();
            if (framer.whole()) {
                ByteChunks message = framer.take();
                byte[] bytes = new byte[message.length()];
                message.range(0, bytes.length);
                message.read(bytes, 0, bytes.length);
                cut.add(new Message(framer.compressed(), Buffer.buffer(bytes)));
                lane.giveBack(message);
            }
        }
    }

    @Test
    void takesNothingBehindAFault() throws Exception {
        onTheLane(
                () -> {
                    GrpcFramer framer = new GrpcFramer(lane);
                    byte[] tooLong = {0, 0, 0x10, 0, 1, 9, 9, 9};
                    assertThat(framer.feed(tooLong, 0, 8)).isEqualTo(5);
                    assertThat(framer.fault())
                            .extracting(Fault::message)
                            .asString()
                            .contains(Integer.toString(LIMIT + 1));
                    assertThat(framer.feed(tooLong, 5, 3)).isZero();
                    assertThat(framer.whole()).isFalse();
                    return null;
                });
    }

    @Test
    void takesAMessageOfExactlyTheLimit() throws Exception {
        onTheLane(
                () -> {
                    GrpcFramer framer = new GrpcFramer(lane);
                    framer.feed(new byte[] {0, 0, 0x10, 0, 0}, 0, 5);
                    framer.feed(new byte[LIMIT], 0, LIMIT);
                    assertThat(framer.whole()).isTrue();
                    assertThat(framer.take().length()).isEqualTo(LIMIT);
                    return null;
                });
    }

    private void onTheLane(Callable<Void> work) {
        Promise<Void> done = Promise.promise();
        lane.run(
                () -> {
                    try {
                        work.call();
                        done.complete();
                    } catch (Exception | AssertionError failed) {
                        done.fail(failed);
                    }
                });
        DataPort.await(done.future());
    }
}
