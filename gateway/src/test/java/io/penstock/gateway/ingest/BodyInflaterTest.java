package io.penstock.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.penstock.exporter.record.ByteChunks;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BodyInflaterTest {
    private static final IngressConfig CONFIG = DataPort.small();

    private final BodyInflater inflater = new BodyInflater(CONFIG);

    private Inflated inflate(Coding coding, byte[] compressed) {
        SplittableRandom random = new SplittableRandom(compressed.length);
        ByteChunks chunks = new ByteChunks();
        int at = 0;
        while (at < compressed.length) {
            int piece = Math.min(compressed.length - at, 1 + random.nextInt(5000));
            chunks.add(Arrays.copyOfRange(compressed, at, at + piece), 0, piece);
            at += piece;
        }
        return inflater.inflate(coding, chunks);
    }

    private static Fault fault(Inflated inflated) {
        return Objects.requireNonNull(inflated.fault());
    }

    private static byte[] bytes(Inflated inflated) {
        ByteChunks chunks = Objects.requireNonNull(inflated.bytes());
        byte[] all = new byte[chunks.length()];
        chunks.range(0, all.length);
        chunks.read(all, 0, all.length);
        return all;
    }

    @Test
    void givesBackWhatWasCompressed() {
        SplittableRandom random = new SplittableRandom(1);
        for (int size : new int[] {0, 1, 100, 65_535, 65_536, 65_537, 500_000, 4 << 20}) {
            byte[] plain = new byte[size];
            random.nextBytes(plain);
            assertThat(bytes(inflate(Coding.GZIP, Gzip.of(plain)))).isEqualTo(plain);
            assertThat(bytes(inflate(Coding.ZSTD, Zstd.compress(plain)))).isEqualTo(plain);
        }
    }

    @Test
    void givesBackSeveralMembersInARow() {
        byte[] two = Batches.joined(Gzip.of(new byte[] {1, 2}), Gzip.of(new byte[] {3}));
        assertThat(bytes(inflate(Coding.GZIP, two))).containsExactly(1, 2, 3);
    }

    @Test
    void refusesWhatFollowsAMemberAndIsNone() {
        byte[] first = Gzip.of(new byte[] {1, 2});
        byte[] second = Gzip.of(new byte[] {3});
        byte[] random = new byte[200_000];
        new SplittableRandom(3).nextBytes(random);
        byte[] damaged = second.clone();
        damaged[0]++;
        for (byte[] rest : new byte[][] {{0}, Arrays.copyOf(second, 5), damaged, random}) {
            for (byte[] member : new byte[][] {first, Gzip.of(random)}) {
                assertThat(fault(inflate(Coding.GZIP, Batches.joined(member, rest))))
                        .isEqualTo(
                                Fault.of(
                                        FaultKind.MALFORMED,
                                        "gzip data: what follows the last member is the"
                                                + " beginning of none"));
            }
        }
    }

    @Test
    void saysThatDataEndTooEarly() {
        byte[] whole = Gzip.of(new byte[] {1, 2});
        for (int length : new int[] {0, 5, whole.length - 1}) {
            assertThat(fault(inflate(Coding.GZIP, Arrays.copyOf(whole, length))).message())
                    .isEqualTo("gzip data: ends too early");
        }
    }

    @Test
    void givesUpBeyondTheLimitOfBytes() {
        byte[] plain = new byte[(4 << 20) + 1];
        new SplittableRandom(2).nextBytes(plain);
        assertThat(inflate(Coding.GZIP, Gzip.of(plain)).fault())
                .isEqualTo(
                        Fault.of(
                                FaultKind.TOO_LARGE,
                                "gzip data inflates to over 4194304 bytes, the limit"));
        assertThat(fault(inflate(Coding.ZSTD, Zstd.compress(plain))).kind())
                .isEqualTo(FaultKind.TOO_LARGE);
    }

    @Test
    void givesUpBeyondTheRatio() {
        byte[] zeros = new byte[3 << 20];
        assertThat(fault(inflate(Coding.GZIP, Gzip.of(zeros))).message())
                .contains("over 100 times its size");
        assertThat(fault(inflate(Coding.ZSTD, Zstd.compress(zeros))).message())
                .contains("over 100 times its size");
    }

    @Test
    void letsAnyRatioPassWhenItIsSmall() {
        byte[] zeros = new byte[1 << 20];
        assertThat(bytes(inflate(Coding.ZSTD, Zstd.compress(zeros)))).isEqualTo(zeros);
    }

    @Test
    void takesABombInNoTime() {
        // 4 GiB of zeros in zstd frames of 64 MiB.
        byte[] frame = Zstd.compress(new byte[64 << 20]);
        byte[][] frames = new byte[64][];
        Arrays.fill(frames, frame);

        Inflated bomb = inflate(Coding.ZSTD, Batches.joined(frames));

        assertThat(fault(bomb).kind()).isEqualTo(FaultKind.TOO_LARGE);
    }

    @Test
    void refusesAWindowThatWantsTooMuchMemory() {
        // A frame header by hand: no single segment, window descriptor for 128 MiB.
        byte[] header = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (17 << 3), 1, 0, 0};
        assertThat(fault(inflate(Coding.ZSTD, header)).kind()).isEqualTo(FaultKind.MALFORMED);
    }

    @Test
    void namesWhatIsCutOffOrGarbage() {
        byte[] gzip = Gzip.of(new byte[10_000]);
        byte[] zstd = Zstd.compress(new byte[10_000]);
        for (byte[] bad :
                new byte[][] {
                    new byte[0], new byte[30], Arrays.copyOf(gzip, gzip.length - 5), zstd
                }) {
            assertThat(fault(inflate(Coding.GZIP, bad)).kind()).isEqualTo(FaultKind.MALFORMED);
            assertThat(fault(inflate(Coding.GZIP, bad)).message()).startsWith("gzip data: ");
        }
        for (byte[] bad : new byte[][] {new byte[30], Arrays.copyOf(zstd, zstd.length - 5), gzip}) {
            assertThat(fault(inflate(Coding.ZSTD, bad)).kind()).isEqualTo(FaultKind.MALFORMED);
        }
    }
}
