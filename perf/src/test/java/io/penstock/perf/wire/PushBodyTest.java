package io.penstock.perf.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.penstock.proto.ingest.v1.AckLevel;
import io.penstock.proto.ingest.v1.PushRequest;
import io.penstock.proto.record.v1.Record;
import io.penstock.proto.record.v1.RecordBatch;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PushBodyTest {
    private static final Target TARGET =
            new Target("127.0.0.1", 1, "web", AckLevel.ACK_LEVEL_SYNCED);

    @Test
    void anySequenceWrittenInPlaceIsReadByProtobuf() throws Exception {
        RecordBatch batch =
                RecordBatch.newBuilder().addRecords(Record.newBuilder().setTimeUnixNano(7)).build();
        PushBody body = PushBody.of(TARGET, -5, new Batch(batch.toByteArray(), 1));
        ByteBuffer bytes = ByteBuffer.wrap(body.bytes());

        for (long sequence : new long[] {1, 127, 128, 300, (1L << 35) - 1}) {
            Digits.varint(bytes, body.sequenceAt(), sequence);

            assertThat(bytes.get(0)).isZero();
            assertThat(bytes.getInt(1)).isEqualTo(body.bytes().length - 5);
            PushRequest request =
                    PushRequest.parseFrom(ByteString.copyFrom(bytes.array()).substring(5));
            assertThat(request.getRepo()).isEqualTo("web");
            assertThat(request.getProducerId()).isEqualTo(-5);
            assertThat(request.getSequence()).isEqualTo(sequence);
            assertThat(request.getAck()).isEqualTo(AckLevel.ACK_LEVEL_SYNCED);
            assertThat(request.getBatch()).isEqualTo(batch);
        }
    }

    @Test
    void aDecimalKeepsItsWidth() {
        ByteBuffer bytes = ByteBuffer.allocate(Digits.DECIMAL_WIDTH);

        Digits.decimal(bytes, 0, 1234);

        assertThat(new String(bytes.array(), US_ASCII)).isEqualTo("000000001234");
    }
}
