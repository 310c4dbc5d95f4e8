package io.penstock.exporter.sink.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressorTest {

    private static final int BODIES = 30;
    private static final int MAX_BODY_BYTES = 600_000;
    private static final int MOST_COLLECTIONS = 50;

    @ParameterizedTest
    @EnumSource
    void packsBodiesThatReadBackOneByOneAndAllInOne(Compression compression) throws IOException {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("CompressorTest -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (Compressor compressor = compression.compressor()) {
            for (int i = 0; i < BODIES; i++) {
                // 0 now and then: an empty body is a valid one
                byte[] body = new byte[random.nextInt(5) == 0 ? 0 : random.nextInt(MAX_BODY_BYTES)];
                fill(body, random);
                if (random.nextInt(4) == 0) {
                    // a body that is given up leaves no trace
                    compressor.start((bytes, offset, length) -> {});
                    compressor.write(body, 0, body.length / 2);
                }
                ByteArrayOutputStream one = new ByteArrayOutputStream();
                compressor.start(one::write);
                writeInPieces(compressor, body, random);
                compressor.finish();
                assertThat(BodyReader.unpack(compression, one.toByteArray())).isEqualTo(body);
                plain.write(body);
                packed.write(one.toByteArray());
            }
        }
        assertThat(BodyReader.unpack(compression, packed.toByteArray()))
                .isEqualTo(plain.toByteArray());
    }

    /** A sink that waits for its target keeps no body meanwhile. */
    @ParameterizedTest
    @EnumSource
    void forgetsABodyThatIsFinished(Compression compression) throws Exception {
        Compressor compressor = compression.compressor();
        try {
            WeakReference<ByteArrayOutputStream> body = finished(compressor);
            for (int i = 0; i < MOST_COLLECTIONS && body.get() != null; i++) {
                System.gc();
                Thread.sleep(i);
            }
            assertThat(body.get()).isNull();
        } finally {
            compressor.close(); // reachable up to here
        }
    }

    private static WeakReference<ByteArrayOutputStream> finished(Compressor compressor)
            throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        compressor.start(body::write);
        compressor.write(new byte[1000], 0, 1000);
        compressor.finish();
        return new WeakReference<>(body);
    }

    /** Half noise, half repetition, so that output is neither empty nor as long as the input. */
    private static void fill(byte[] body, SplittableRandom random) {
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) (i / 1000 % 2 == 0 ? random.nextInt() : i);
        }
    }

    private static void writeInPieces(Compressor compressor, byte[] body, SplittableRandom random)
            throws IOException {
        int at = 0;
        while (at < body.length) {
            int length = Math.min(body.length - at, 1 + random.nextInt(200_000));
            compressor.write(body, at, length);
            at += length;
        }
    }
}
