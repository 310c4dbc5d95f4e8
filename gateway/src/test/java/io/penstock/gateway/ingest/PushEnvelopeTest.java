package io.penstock.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.penstock.exporter.record.ByteChunks;
import io.penstock.proto.ingest.v1.AckLevel;
import io.penstock.proto.ingest.v1.PushRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PushEnvelopeTest {
    private static final int ROUNDS = 2000;

    private final PushEnvelope envelope = new PushEnvelope();

    private static ByteChunks chunks(SplittableRandom random, byte[] bytes) {
        ByteChunks chunks = new ByteChunks();
        int at = 0;
        while (at < bytes.length) {
            int piece = Math.min(bytes.length - at, 1 + random.nextInt(40));
            chunks.add(bytes, at, piece);
            at += piece;
        }
        return chunks;
    }

    @Test
    void readsWhatProtobufReads() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String what = "seed " + seed + ", round " + round;
            byte[] wire = shuffled(random);
            ByteChunks chunks = chunks(random, wire);

            Fault fault = envelope.parse(chunks);

            PushRequest expected = PushRequest.parseFrom(wire);
            assertThat(fault).as(what).isNull();
            assertThat(new String(envelope.repo, 0, envelope.repoLength, UTF_8))
                    .as(what)
                    .isEqualTo(expected.getRepo());
            assertThat(envelope.producerId).as(what).isEqualTo(expected.getProducerId());
            assertThat(envelope.sequence).as(what).isEqualTo(expected.getSequence());
            assertThat(envelope.ack).as(what).isEqualTo(expected.getAckValue());
            byte[] batch = new byte[envelope.batchBytes];
            chunks.range(envelope.batchAt, envelope.batchBytes);
            chunks.read(batch, 0, batch.length);
            assertThat(batch).as(what).isEqualTo(expected.getBatch().toByteArray());
        }
    }

    private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

    /** The fields in any order, some twice, unknown ones between them, one batch. */
    private static byte[] shuffled(SplittableRandom random) {
        List<byte[]> fields = new ArrayList<>();
        fields.add(Batches.request("", Batches.batch(random.nextInt(5), 20)).toByteArray());
        for (int i = random.nextInt(6); i > 0; i--) {
            fields.add(
                    random.nextInt(fields.size() + 1),
                    switch (random.nextInt(5)) {
                        case 0 -> field(PushRequest.newBuilder().setRepo("r" + random.nextInt()));
                        case 1 -> field(PushRequest.newBuilder().setProducerId(random.nextLong()));
                        case 2 -> field(PushRequest.newBuilder().setSequence(random.nextLong()));
                        case 3 -> field(PushRequest.newBuilder().setAck(AckLevel.ACK_LEVEL_SYNCED));
                        default -> new byte[] {(byte) (9 << 3 | 2), 3, 1, 2, 3};
                    });
        }
        return Batches.joined(fields.toArray(new byte[0][]));
    }

    private static byte[] field(PushRequest.Builder one) {
        return one.build().toByteArray();
    }

    @Test
    void neverTakesWhatProtobufRefuses() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = Batches.request("web").toByteArray();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            if (outsideOfTheBatch(bad) && envelope.parse(chunks(random, bad)) == null) {
                throw new AssertionError("seed " + seed + ", round " + round);
            }
        }
    }

    /** Whether protobuf refuses the bytes even when the inside of the batch does not count. */
    private static boolean outsideOfTheBatch(byte[] bytes) {
        try {
            return UnknownFieldSet.parseFrom(bytes) == null;
        } catch (InvalidProtocolBufferException refused) {
            return true;
        }
    }

    @Test
    void namesAFieldOfAKindThatIsOutOfUse() {
        Fault fault = envelope.parse(chunks(new SplittableRandom(1), new byte[] {9 << 3 | 3}));
        assertThat(fault).extracting(Fault::kind).isEqualTo(FaultKind.MALFORMED);
        assertThat(fault).extracting(Fault::message).asString().contains("wire type 3");
    }
}
