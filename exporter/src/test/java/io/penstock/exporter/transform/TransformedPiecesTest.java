package io.penstock.exporter.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.NativeEncoder;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.RowCollector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransformedPiecesTest {
    private static final int RECORDS = 4000;
    private static final int RECORD_BYTES = 1100;

    @Test
    void aLargeBatchComesInPiecesOfAboutAMebibyteAndNothingIsLost() {
        String fill = "x".repeat(1000);
        byte[] body =
                IntStream.range(0, RECORDS)
                        .mapToObj(i -> "{\"i\":" + i + ",\"fill\":\"" + fill + "\"}")
                        .collect(Collectors.joining("\n"))
                        .getBytes(StandardCharsets.UTF_8);
        List<Integer> lengths = new ArrayList<>();
        RowCollector rows = new RowCollector();
        NativeEncoder pieces = new NativeEncoder();
        Transforms transforms =
                Transforms.compile(
                        List.of(
                                Steps.filter("i not in [5, 6]"),
                                Steps.add(Map.of("added", "y".repeat(50)))));

        // Two batches, as a delivery has them: a piece never holds records of both.
        for (int batch = 0; batch < 2; batch++) {
            pieces.into(
                    (records, piece, offset, length) -> {
                        lengths.add(length);
                        int before = rows.rows.size();
                        new RecordReader().wrap(Encoding.NATIVE, piece, 0, length, 0).read(rows);
                        assertThat(rows.rows).hasSize(before + records);
                    });
            new RecordReader()
                    .wrap(Encoding.NDJSON, body, 0, body.length, Steps.ARRIVED_MS)
                    .read(transforms.into(pieces));
            pieces.flush();
        }

        assertThat(lengths).hasSizeGreaterThanOrEqualTo(8);
        assertThat(lengths)
                .allMatch(length -> length <= NativeEncoder.PIECE_BYTES + 2 * RECORD_BYTES);
        assertThat(rows.rows).hasSize(2 * (RECORDS - 2));
        assertThat(rows.rows.get(RECORDS - 3).values()).containsEntry("i", RECORDS - 1L);
        assertThat(rows.rows.get(RECORDS - 2).values())
                .containsEntry("i", 0L)
                .containsEntry("added", "y".repeat(50));
    }
}
