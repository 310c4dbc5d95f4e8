package io.penstock.cluster.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.model.RepoName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TableCodecTest {

    private static final int ROUNDS = 2_000;
    private static final int FLIPPED_TABLES = 60;

    private final long seed = Long.getLong("penstock.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void whatIsEncodedIsDecoded() {
        print();
        for (int i = 0; i < ROUNDS; i++) {
            AssignmentTable table = Tables.random(random);
            byte[] bytes = TableCodec.encode(table);

            assertThat(TableCodec.decode(bytes)).isEqualTo(new Decoded.Table(table));
            assertThat(TableCodec.encode(table)).isEqualTo(bytes);
        }
        assertThat(decoded(TableCodec.encode(AssignmentTable.NONE)))
                .isEqualTo(AssignmentTable.NONE);
    }

    @Test
    void aDecodedTableIsAMapLikeAnyOther() {
        AssignmentTable table = Tables.large(1_000, 10, seed);
        AssignmentTable decoded = decoded(TableCodec.encode(table));

        table.rows().forEach((task, row) -> assertThat(decoded.rows()).containsEntry(task, row));
        TaskKey middle = new TaskKey(new RepoName("tenant-00031.events"), "search", 3);
        assertThat(decoded.rows().headMap(middle)).isEqualTo(table.rows().headMap(middle));
    }

    @Test
    void noFlippedBitIsEverAccepted() {
        print();
        for (int i = 0; i < FLIPPED_TABLES; i++) {
            byte[] bytes = TableCodec.encode(Tables.random(random));
            for (int at = 0; at < bytes.length; at++) {
                byte was = bytes[at];
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                assertDamaged(bytes);
                bytes[at] = (byte) (was ^ (1 + random.nextInt(255)));
                assertDamaged(bytes);
                bytes[at] = was;
            }
        }
    }

    @Test
    void noTruncatedOrLengthenedTableIsAccepted() {
        byte[] bytes = TableCodec.encode(Tables.large(100, 10, seed));
        for (int length = 0; length < bytes.length; length++) {
            assertDamaged(Arrays.copyOf(bytes, length));
        }
        assertDamaged(Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void garbageIsRefusedByName() {
        print();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertDamaged(bytes);
        }
        assertThat(
                        TableCodec.decode(
                                        "a text that stands here".getBytes(StandardCharsets.UTF_8))
                                .toString())
                .contains("damaged table of assignments: the bytes are no table");
    }

    /** The checksum fits here, so that the body itself is what has to be refused. */
    @Test
    void aBodyThatMakesNoSenseIsRefusedWhateverItSays() {
        print();
        int refused = 0;
        for (int i = 0; i < 20 * ROUNDS; i++) {
            byte[] bytes = TableCodec.encode(Tables.random(random));
            int at = TableCodec.HEADER_BYTES;
            int changes = 1 + random.nextInt(3);
            for (int c = 0; c < changes; c++) {
                bytes[at + random.nextInt(bytes.length - at)] = (byte) random.nextInt(256);
            }
            Decoded decoded = TableCodec.decode(TableCodec.frame(TableCodec.FORMAT, bytes));
            if (decoded instanceof Decoded.Refused refusal) {
                refused++;
                assertThat(refusal.fault()).isEqualTo(Decoded.Fault.DAMAGED);
            } else {
                // what is accepted is a table: sorted, no row newer than the whole
                AssignmentTable table = ((Decoded.Table) decoded).table();
                assertThat(decoded(TableCodec.encode(table))).isEqualTo(table);
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(ROUNDS);
    }

    @Test
    void rowsOutOfOrderAreRefused() {
        ByteWriter body = new ByteWriter(TableCodec.HEADER_BYTES, 64);
        long[] start = {1, 1, 1};
        Arrays.stream(start).forEach(body::number);
        body.name("n");
        body.number(2);
        for (String repo : new String[] {"b", "a"}) {
            body.name(repo);
            body.name("e");
            body.number(1);
            body.number(0);
            body.number(2);
        }

        Decoded decoded = TableCodec.decode(TableCodec.frame(TableCodec.FORMAT, body.toBytes()));

        assertThat(decoded.toString()).contains("a/e#0 after b/e#0");
    }

    @Test
    void aFormatFromTheFutureIsRefusedByName() {
        byte[] bytes = TableCodec.frame(3, TableCodec.encode(Tables.of(3, 4)));

        assertThat(TableCodec.decode(bytes))
                .isEqualTo(
                        new Decoded.Refused(
                                Decoded.Fault.NEWER_FORMAT,
                                "table of assignments written by a newer version of Penstock: format 3, this one reads up to 2"));
    }

    @Test
    void aTableOfTheFormatBeforeIsReadAndHasNoOrders() {
        AssignmentTable table = Tables.of(3, 4);
        byte[] bytes = TableCodec.encode(table);
        // its orders are three zeros: since 0.0, no entries
        byte[] before = Arrays.copyOf(bytes, bytes.length - 3);

        assertThat(TableCodec.decode(TableCodec.frame(1, before)))
                .isEqualTo(new Decoded.Table(table));
        assertThat(TableCodec.decode(TableCodec.frame(1, bytes)).toString())
                .contains("3 bytes behind the last row");
    }

    @Test
    void ordersBeyondTheirBoundsAreRefused() {
        TreeMap<String, String> entries = new TreeMap<>();
        entries.put("pin/r/e", "x".repeat(Orders.MAX_VALUE_BYTES));
        assertThat(Orders.fault(entries)).isEmpty();
        entries.put("pin/r/e", "x".repeat(Orders.MAX_VALUE_BYTES + 1));
        assertThat(Orders.fault(entries)).isEqualTo("pin/r/e: 65537 bytes, the limit is 65536");
        assertThatThrownBy(() -> new Orders(new Version(1, 1), entries))
                .isInstanceOf(IllegalArgumentException.class);
        entries.clear();
        for (int i = 0; i < 16; i++) {
            entries.put("k" + i, "x".repeat(Orders.MAX_VALUE_BYTES));
        }
        assertThat(Orders.fault(entries)).contains("together, the limit is 1000000");
        entries.clear();
        for (int i = 0; i <= Orders.MAX_ENTRIES; i++) {
            entries.put("k" + i, "");
        }
        assertThat(Orders.fault(entries)).isEqualTo("10001 orders, the limit is 10000");
        entries.clear();
        entries.put("", "");
        assertThat(Orders.fault(entries)).contains("a key of 0 bytes");
        entries.clear();
        entries.put("k", "\uD83D");
        assertThat(Orders.fault(entries)).contains("no Unicode text");
    }

    @Test
    void aDamagedHeaderIsNotTakenForTheFuture() {
        byte[] bytes = TableCodec.encode(Tables.of(3, 4));
        bytes[7] = 3;

        assertThat(TableCodec.decode(bytes).toString()).contains("checksum");
    }

    @Test
    void aNameBeyondItsBoundIsNotEncoded() {
        TreeMap<TaskKey, Row> rows = new TreeMap<>();
        Row row = new Row(new NodeId("n"), Row.State.RUN, new Version(1, 1));
        rows.put(new TaskKey(new RepoName("r"), "e".repeat(1_025), 0), row);
        AssignmentTable table = new AssignmentTable(new Version(1, 1), rows);

        assertThatThrownBy(() -> TableCodec.encode(table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a name of 1025 bytes, the limit is 1024");
    }

    @Test
    void halfACharacterIsNotEncodedAsAnotherOne() {
        TreeMap<TaskKey, Row> rows = new TreeMap<>();
        Row row = new Row(new NodeId("n"), Row.State.RUN, new Version(1, 1));
        rows.put(new TaskKey(new RepoName("r"), "\uD83D", 0), row);
        AssignmentTable table = new AssignmentTable(new Version(1, 1), rows);

        assertThatThrownBy(() -> TableCodec.encode(table))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Bounds are five times what a busy machine needed; the numbers are printed. */
    @Test
    void aHundredThousandTasksAreSmallAndQuick() {
        AssignmentTable table = Tables.large(100_000, 1_000, 7);
        byte[] bytes = TableCodec.encode(table);
        long bestEncodeNs = Long.MAX_VALUE;
        long bestDecodeNs = Long.MAX_VALUE;
        for (int i = 0; i < 30; i++) {
            long start = System.nanoTime();
            bytes = TableCodec.encode(table);
            long encoded = System.nanoTime();
            assertThat(TableCodec.decode(bytes)).isInstanceOf(Decoded.Table.class);
            bestEncodeNs = Math.min(bestEncodeNs, encoded - start);
            bestDecodeNs = Math.min(bestDecodeNs, System.nanoTime() - encoded);
        }
        TreeMap<TaskKey, Row> fresh = new TreeMap<>(table.rows());
        fresh.replaceAll((task, row) -> new Row(row.node(), row.state(), table.version()));
        int freshBytes = TableCodec.encode(new AssignmentTable(table.version(), fresh)).length;
        System.out.printf(
                "100,000 tasks on 1,000 nodes: %,d bytes (%,d all of one version), encode %.1f ms, decode %.1f ms%n",
                bytes.length, freshBytes, bestEncodeNs / 1e6, bestDecodeNs / 1e6);

        assertThat(bytes.length).isLessThan(1_200_000);
        assertThat(bestEncodeNs).isLessThan(100_000_000L);
        assertThat(bestDecodeNs).isLessThan(150_000_000L);
    }

    private static AssignmentTable decoded(byte[] bytes) {
        return ((Decoded.Table) TableCodec.decode(bytes)).table();
    }

    private void assertDamaged(byte[] bytes) {
        Decoded decoded = TableCodec.decode(bytes);
        boolean damaged =
                decoded instanceof Decoded.Refused refused
                        && refused.fault() == Decoded.Fault.DAMAGED;
        assertThat(damaged).as("seed %d: %s", seed, decoded).isTrue();
    }

    private void print() {
        System.out.println("TableCodecTest: -Dpenstock.seed=" + seed);
    }
}
