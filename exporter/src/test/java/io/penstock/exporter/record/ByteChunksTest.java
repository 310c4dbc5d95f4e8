package io.penstock.exporter.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import io.penstock.exporter.text.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ByteChunksTest {

    /** Cuts bytes into chunks of random lengths, each somewhere in an array of its own. */
    static ByteChunks cut(byte[] bytes, SplittableRandom random) {
        ByteChunks chunks = new ByteChunks();
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, random.nextInt(random.nextInt(1, 40)));
            int before = random.nextInt(5);
            byte[] array = new byte[before + length + random.nextInt(5)];
            random.nextBytes(array);
            System.arraycopy(bytes, at, array, before, length);
            chunks.add(array, before, length);
            at += length;
        }
        return chunks;
    }

    @Test
    void readsWhatProtobufWroteHoweverItIsCut() throws IOException {
        SplittableRandom random = Seed.random("ByteChunksTest");
        for (int round = 0; round < 2000; round++) {
            long seed = random.nextLong();
            byte[] bytes = written(new SplittableRandom(seed));
            ByteChunks chunks = cut(bytes, random);
            chunks.range(0, bytes.length);
            assertThat(chunks.length()).isEqualTo(bytes.length);
            readBack(chunks, new SplittableRandom(seed));
            assertThat(chunks.fault()).isNull();
            assertThat(chunks.exhausted()).isTrue();
            assertThat(chunks.position()).isEqualTo(bytes.length);
        }
    }

    @Test
    void smallChunksInARowAreGatheredAndNothingElseIs() {
        SplittableRandom random = Seed.random("ByteChunksTest.gather");
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(40_000)];
            random.nextBytes(bytes);
            ByteChunks chunks = new ByteChunks();
            int most = random.nextBoolean() ? 3 : 2000;
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, random.nextInt(most));
                chunks.gather(bytes.clone(), at, length);
                at += length;
            }
            assertThat(chunks.length()).isEqualTo(bytes.length);
            byte[] read = new byte[bytes.length];
            chunks.range(0, bytes.length);
            chunks.read(read, 0, read.length);
            assertThat(read).isEqualTo(bytes);
            int[] pieces = {0};
            chunks.forEach(0, bytes.length, (array, offset, length) -> pieces[0]++);
            if (most == 3) {
                assertThat(pieces[0]).isLessThanOrEqualTo(2 + bytes.length / 4000);
            }
        }
    }

    private static byte[] written(SplittableRandom random) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (int i = random.nextInt(30); i >= 0; i--) {
            switch (random.nextInt(3)) {
                case 0 -> out.writeUInt64NoTag(random.nextLong() >>> random.nextInt(64));
                case 1 -> out.writeFixed64NoTag(random.nextLong());
                default -> {
                    byte[] piece = new byte[random.nextInt(50)];
                    random.nextBytes(piece);
                    out.writeByteArrayNoTag(piece);
                }
            }
        }
        out.flush();
        return bytes.toByteArray();
    }

    private static void readBack(ByteChunks chunks, SplittableRandom random) {
        for (int i = random.nextInt(30); i >= 0; i--) {
            switch (random.nextInt(3)) {
                case 0 ->
                        assertThat(chunks.varint())
                                .isEqualTo(random.nextLong() >>> random.nextInt(64));
                case 1 -> assertThat(chunks.fixed64()).isEqualTo(random.nextLong());
                default -> {
                    byte[] piece = new byte[random.nextInt(50)];
                    random.nextBytes(piece);
                    byte[] read = new byte[piece.length];
                    assertThat(chunks.size()).isEqualTo(piece.length);
                    if (piece.length % 2 == 0) {
                        chunks.skip(piece.length);
                    } else {
                        chunks.read(read, 0, read.length);
                        assertThat(read).isEqualTo(piece);
                    }
                }
            }
        }
    }

    @Test
    void handsOutEveryRangeInPieces() {
        SplittableRandom random = Seed.random("ByteChunksTest.forEach");
        byte[] bytes = new byte[200];
        random.nextBytes(bytes);
        for (int round = 0; round < 2000; round++) {
            ByteChunks chunks = cut(bytes, random);
            int from = random.nextInt(201);
            int length = random.nextInt(201 - from);
            WriteBuffer out = new WriteBuffer(0);
            chunks.forEach(from, length, out::put);
            assertThat(out.toByteArray())
                    .isEqualTo(java.util.Arrays.copyOfRange(bytes, from, from + length));
        }
    }

    @Test
    void staysInsideItsRange() {
        ByteChunks chunks = new ByteChunks();
        chunks.add(new byte[] {1, 2, (byte) 0x80, 3, 4, 5, 6, 7, 8, 9}, 0, 10);

        chunks.range(1, 2);
        assertThat(chunks.varint()).isEqualTo(2);
        assertThat(chunks.varint()).isZero();
        assertThat(chunks.fault()).isEqualTo("the bytes end inside a number");
        assertThat(chunks.faultAt()).isEqualTo(2);
        assertThat(chunks.exhausted()).isTrue();

        chunks.range(1, 2);
        assertThat(chunks.fault()).isNull();
        assertThat(chunks.fixed64()).isZero();
        assertThat(chunks.fault()).isEqualTo("the bytes end inside a number");

        chunks.range(0, 3);
        chunks.skip(4);
        assertThat(chunks.fault()).isEqualTo("the bytes end early");

        assertThatThrownBy(() -> chunks.range(1, 10)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> chunks.forEach(1, 10, (a, o, l) -> {}))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesNumbersThatAreTooLongAndLengthsThatLie() {
        byte[] endless = new byte[20];
        java.util.Arrays.fill(endless, (byte) 0x80);
        ByteChunks chunks = new ByteChunks();
        chunks.add(endless, 0, 7);
        chunks.add(endless, 7, 13);
        chunks.range(0, 20);

        assertThat(chunks.varint()).isZero();
        assertThat(chunks.fault()).isEqualTo("a number is longer than ten bytes");

        chunks.clear();
        chunks.add(new byte[] {5, 1, 2, 3, 4}, 0, 5);
        chunks.range(0, 5);
        assertThat(chunks.size()).isZero();
        assertThat(chunks.fault()).isEqualTo("a length says 5 bytes, 4 are left");

        chunks.range(0, 5);
        assertThat(chunks.tag()).isZero();
        assertThat(chunks.fault()).isEqualTo("no field has tag 5");
    }

    @Test
    void holdsNothingAfterClear() {
        ByteChunks chunks = new ByteChunks();
        chunks.add(new byte[] {1, 2, 3}, 0, 3);
        chunks.range(0, 3);

        chunks.clear();

        assertThat(chunks.length()).isZero();
        assertThat(chunks.exhausted()).isTrue();
        assertThat(chunks.varint()).isZero();
        assertThat(chunks.fault()).isNotNull();
    }
}
