package io.penstock.exporter.sink.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.sink.contract.TestDelivery;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BodyWriterTest {

    private static byte[] write(BodyWriter writer, TestDelivery delivery) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(delivery.lend(), bytes::write);
        return bytes.toByteArray();
    }

    private static List<String> markers(BodyFormat format, byte[] body) {
        return BodyReader.records(format, body).stream()
                .map((JsonObject record) -> record.getString("marker"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void writesOneDeliveryAfterAnother(BodyFormat format) throws IOException {
        BodyWriter writer = format.writer("${marker}");
        // one record, a few pieces, one record larger than a piece
        for (TestDelivery delivery :
                List.of(
                        TestDelivery.of(1, 1),
                        TestDelivery.of(2, 5_000),
                        TestDelivery.of(3, List.of("x".repeat(3 * BodyWriter.PIECE_BYTES))),
                        TestDelivery.ofLines(4, 3_000),
                        TestDelivery.of(5, 1))) {
            assertThat(markers(format, write(writer, delivery))).isEqualTo(delivery.markers());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NDJSON", "JSON_ARRAY", "TEXT"})
    void handsOverInPieces(BodyFormat format) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        TestDelivery delivery = TestDelivery.of(1, Collections.nCopies(3_000, "y".repeat(100)));
        format.writer("${text}").write(delivery.lend(), (bytes, at, length) -> sizes.add(length));
        assertThat(sizes).hasSizeGreaterThan(3);
        assertThat(sizes.subList(0, sizes.size() - 1))
                .allMatch(size -> size >= BodyWriter.PIECE_BYTES - 1)
                .allMatch(size -> size < BodyWriter.PIECE_BYTES + 1_000);
    }

    @Test
    void startsAnewAfterAFailureOfTheTarget() throws IOException {
        BodyWriter writer = BodyFormat.JSON_ARRAY.writer("");
        IOException full = new IOException("full");
        assertThatThrownBy(
                        () ->
                                writer.write(
                                        TestDelivery.of(1, 5_000).lend(),
                                        (bytes, at, length) -> {
                                            throw full;
                                        }))
                .isSameAs(full);
        assertThat(markers(BodyFormat.JSON_ARRAY, write(writer, TestDelivery.of(2, 1))))
                .containsExactly("2-0");
    }

    @Test
    void passesRecordBatchesUntouched() throws IOException {
        TestDelivery delivery = TestDelivery.of(1, 300);
        byte[] body = write(BodyFormat.PROTOBUF.writer(""), delivery);
        delivery.readRaw(
                (encoding, records, bytes, offset, length) ->
                        assertThat(body).hasSize(length + 2).endsWith(bytes));
    }
}
