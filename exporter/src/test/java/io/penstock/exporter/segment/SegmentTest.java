package io.penstock.exporter.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTest {
    private static final int BYTES = SegmentLayout.MIN_BYTES;
    private static final int START = SegmentLayout.DATA_START;
    private static final SegmentHeader HEADER = new SegmentHeader(11, 3, 99, BYTES, 1234);

    @TempDir Path directory;

    private SegmentFile file;
    private Segment segment;
    private EntryEncoder encoder;

    @BeforeEach
    void create() throws IOException {
        file = SegmentFile.create(new DiskStorage(), directory.resolve("s.seg"), BYTES);
        segment = file.format(HEADER);
        encoder = new EntryEncoder(segment);
    }

    private int write(int bodyBytes) {
        int bytes = (int) EntryFormat.entryBytes(bodyBytes);
        int at = segment.claim(bytes);
        encode(at, bodyBytes, 0);
        encoder.writeHeader();
        segment.publish(at, bytes);
        segment.finish(bytes, 2);
        return at;
    }

    private void encode(int at, int bodyBytes, int runBack) {
        encoder.begin(segment, null, at, bodyBytes, runBack);
        encoder.describe((byte) 7, 2, 5, at, 6);
        encoder.put(new byte[bodyBytes], 0, bodyBytes);
        encoder.end();
    }

    private List<Integer> walk() {
        EntryWalk walk = new EntryWalk(segment, START);
        List<Integer> offsets = new ArrayList<>();
        while (walk.next(EntryWalk.Depth.BODIES) == EntryWalk.Step.ENTRY) {
            offsets.add((int) (walk.entry().position() - segment.start()));
        }
        return offsets;
    }

    @Test
    void claimsUntilItIsFullAndThenNoMore() {
        assertThat(segment.claim(BYTES - START + 8)).isEqualTo(Segment.NO_ROOM);
        assertThat(segment.claim(BYTES - START - 8)).isEqualTo(START);
        assertThat(segment.claim(16)).isEqualTo(Segment.NO_ROOM);
        assertThat(segment.claim(8)).isEqualTo(BYTES - 8);
        assertThat(segment.claim(8)).isEqualTo(Segment.NO_ROOM);
        segment.stop();
        assertThat(segment.claim(8)).isEqualTo(Segment.STOPPED);
        assertThat(segment.claimed()).isEqualTo(BYTES);
        assertThat(segment.complete()).isFalse();
        segment.finish(BYTES - START, 0);
        assertThat(segment.complete()).isTrue();
    }

    @Test
    void showsAnEntryOnlyWhenItIsPublished() {
        int first = write(10);
        int open = segment.claim(128);
        int second = write(20);
        assertThat(walk()).containsExactly(first);
        assertThat(segment.quietTo()).isEqualTo(-1);
        encode(open, 60, 0);
        encoder.writeHeader();
        assertThat(walk()).containsExactly(first);
        segment.publish(open, 128);
        segment.finish(128, 2);
        assertThat(walk()).containsExactly(first, open, second);
        assertThat(segment.quietTo()).isEqualTo(segment.claimed());
        assertThat(segment.records()).isEqualTo(6);
    }

    @Test
    void sealsItsRestWithAPad() {
        int first = write(10);
        segment.seal();
        segment.seal();
        assertThat(segment.complete()).isTrue();
        assertThat(segment.claim(8)).isEqualTo(Segment.NO_ROOM);
        assertThat(walk()).containsExactly(first);
        Segment next = Segment.adopt(file, HEADER, START, 0);
        segment.link(next);
        assertThatIllegalStateException().isThrownBy(() -> segment.link(next));
        assertThat(segment.distance(START, next, START)).isEqualTo(BYTES);
    }

    @Test
    void forgetsTheLastLapWithoutZeroing() throws IOException {
        write(100);
        write(200);
        segment = file.format(new SegmentHeader(11, 4, 100, BYTES, 0));
        segment.claim(BYTES - START);
        assertThat(walk()).isEmpty();
        Segment whole = Segment.adopt(file, segment.header(), BYTES, 0);
        SegmentScan.Found found = new SegmentScan(whole, false, (entry, ok) -> {}).run(START);
        assertThat(found).isEqualTo(new SegmentScan.Found(START, 0, 0, 0, 0));
    }

    @Test
    void scanPadsHolesErasesBrokenRunsAndCutsTheTail() {
        int first = write(10);
        segment.claim(256); // its writer was killed
        int second = write(20);
        int run = segment.claim(3 * 128);
        encode(run + 128, 64, 128);
        encoder.writeHeader();
        segment.publish(run + 128, 128);
        int third = write(30);
        segment.claim(512);

        List<Long> seen = new ArrayList<>();
        SegmentScan.Found found =
                new SegmentScan(
                                Segment.adopt(file, HEADER, BYTES, 0),
                                true,
                                (entry, ok) -> seen.add(entry.position() - segment.start()))
                        .run(START);
        assertThat(seen).containsExactly((long) first, (long) second, (long) third);
        assertThat(found)
                .isEqualTo(
                        new SegmentScan.Found(
                                third + (int) EntryFormat.entryBytes(30), 6, 0, 2, 1));
        segment = Segment.adopt(file, HEADER, found.end(), 6);
        assertThat(walk()).containsExactly(first, second, third);
    }

    @Test
    void scanBringsBackAnEntryThatLacksNothingButItsWord() {
        int at = segment.claim(128);
        encode(at, 64, 0);
        encoder.writeHeader();
        Segment whole = Segment.adopt(file, HEADER, BYTES, 0);
        assertThat(new SegmentScan(whole, true, (entry, ok) -> {}).run(START).end())
                .isEqualTo(at + 128);
        segment.finish(128, 2);
        assertThat(walk()).containsExactly(at);
    }

    @Test
    void aKillWhileTheHeaderIsWrittenLeavesABlankOrAWholeOne() throws IOException {
        byte[] whole = Files.readAllBytes(file.path());
        assertThat(SegmentHeader.status(whole)).isEqualTo(SegmentHeader.Status.GOOD);
        assertThat(SegmentHeader.read(whole)).isEqualTo(HEADER);
        file.blank();
        byte[] blank = Files.readAllBytes(file.path());
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            // between the first store and the last the magic is zero, whatever else is there
            int at = 8 + random.nextInt(44);
            blank[at] = (byte) random.nextInt();
            assertThat(SegmentHeader.status(blank)).isEqualTo(SegmentHeader.Status.BLANK);
        }
        whole[30] ^= 1;
        assertThat(SegmentHeader.status(whole)).isEqualTo(SegmentHeader.Status.DAMAGED);
        assertThat(SegmentHeader.status(new byte[20])).isEqualTo(SegmentHeader.Status.BLANK);
    }

    @Test
    void refusesABodyThatIsLongerOrShorterThanAnnounced() {
        int at = segment.claim(128);
        encoder.begin(segment, null, at, 10, 0);
        encoder.describe((byte) 0, 1, 0, 0, 0);
        assertThatThrownBy(() -> encoder.put(new byte[11], 0, 11))
                .isInstanceOf(IndexOutOfBoundsException.class);
        encoder.put(new byte[11], 0, 9);
        assertThatIllegalStateException().isThrownBy(encoder::end);
    }

    @Test
    void staysWhileSomebodyPinsIt() {
        assertThat(segment.pin()).isTrue();
        assertThat(segment.retire()).isFalse();
        segment.unpin();
        assertThat(segment.retire()).isTrue();
        assertThat(segment.pin()).isFalse();
    }

    @Test
    void opensAFileThatWasCutShort() throws IOException {
        write(10);
        file.close();
        Path path = directory.resolve("s.seg");
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(bytes, 5000));
        file = SegmentFile.open(new DiskStorage(), path, BYTES, Storage.Access.WRITE);
        segment = Segment.adopt(file, HEADER, BYTES, 0);
        assertThat(walk()).containsExactly(START);
        assertThat(Files.size(path)).isEqualTo(BYTES);
    }

    @Test
    void wordsAreValidOnlyInTheirPlaceAndLap() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            long salt = random.nextLong();
            long position = random.nextLong(1L << 40) * 8;
            int bytes = 8 * (1 + random.nextInt(1 << 20));
            long entry = CommitWord.entry(salt, position, bytes);
            long pad = CommitWord.pad(salt, position, bytes);
            assertThat(CommitWord.kind(entry, salt, position)).isEqualTo(CommitWord.Kind.ENTRY);
            assertThat(CommitWord.kind(pad, salt, position)).isEqualTo(CommitWord.Kind.PAD);
            assertThat(CommitWord.bytes(entry)).isEqualTo(bytes).isEqualTo(CommitWord.bytes(pad));
            long flipped = entry ^ (1L << random.nextInt(64));
            assertThat(CommitWord.kind(flipped, salt, position)).isEqualTo(CommitWord.Kind.NONE);
            assertThat(CommitWord.kind(entry, salt + 1, position)).isEqualTo(CommitWord.Kind.NONE);
            assertThat(CommitWord.kind(entry, salt, position + 8)).isEqualTo(CommitWord.Kind.NONE);
        }
    }
}
