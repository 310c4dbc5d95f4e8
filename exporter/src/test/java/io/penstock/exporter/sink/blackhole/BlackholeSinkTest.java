package io.penstock.exporter.sink.blackhole;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.contract.TestDelivery;
import org.junit.jupiter.api.Test;

class BlackholeSinkTest {

    private static final int VALUES_PER_RECORD = 4;

    @Test
    void readsNothingUnlessAskedTo() {
        BlackholeSink sink = new BlackholeSink(false);
        TestDelivery notLent = TestDelivery.of(1, 10);
        assertThat(sink.deliver(notLent).succeeded()).isTrue();
        assertThat(notLent.readLate()).isFalse();
    }

    @Test
    void countsRecordsValuesAndBytesWhenItDecodes() {
        BlackholeSink sink = new BlackholeSink(true);
        sink.deliver(TestDelivery.of(1, 10).lend());
        sink.deliver(TestDelivery.of(2, 5).lend());
        assertThat(sink.decoded().records()).isEqualTo(15);
        assertThat(sink.decoded().values()).isEqualTo(15 * VALUES_PER_RECORD);
        // markers 1-0 to 1-9 and 2-0 to 2-4, "some text", null, a long
        assertThat(sink.decoded().bytes()).isEqualTo(15 * (3 + 9 + 0 + 8));
    }
}
