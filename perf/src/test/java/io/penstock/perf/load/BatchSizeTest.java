package io.penstock.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.perf.wire.Batch;
import io.penstock.proto.record.v1.RecordBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    @Test
    void readsBytesAndRecords() {
        assertThat(BatchSize.of("64KiB").maxBytes()).isEqualTo(65_536);
        assertThat(BatchSize.of("1rec").maxRecords()).isEqualTo(1);
        for (String wrong : List.of("64", "64KB", "0rec", "1KiB2", "99999MiB", "-1rec")) {
            assertThatThrownBy(() -> BatchSize.of(wrong)).hasMessageContaining(wrong);
        }
    }

    @Test
    void sixtyFourKibHoldAboutThreeHundredRecordsOfTwelveFields() throws Exception {
        List<Batch> batches = AccessLogBatches.of(BatchSize.of("64KiB"), 3, 1);

        for (Batch batch : batches) {
            assertThat(batch.bytes().length).isBetween(65_000, 65_536);
            assertThat(batch.records()).isBetween(290, 315);
            RecordBatch parsed = RecordBatch.parseFrom(batch.bytes());
            assertThat(parsed.getRecordsCount()).isEqualTo(batch.records());
            assertThat(parsed.getFieldsCount()).isEqualTo(AccessLogBatches.FIELDS);
            assertThat(parsed.getRecordsList())
                    .allMatch(record -> record.getValuesCount() == AccessLogBatches.FIELDS);
        }
        assertThat(batches.get(0).bytes()).isNotEqualTo(batches.get(1).bytes());
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        byte[] once = AccessLogBatches.of(BatchSize.of("3rec"), 1, 9).get(0).bytes();

        assertThat(AccessLogBatches.of(BatchSize.of("3rec"), 1, 9).get(0).bytes()).isEqualTo(once);
    }
}
