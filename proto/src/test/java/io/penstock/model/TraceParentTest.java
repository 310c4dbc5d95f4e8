package io.penstock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String GOOD = "00-" + TRACE + "-" + SPAN + "-01";

    private static TraceParent read(String header, String state) {
        return Objects.requireNonNull(TraceParent.parse(header, state));
    }

    @Test
    void whatIsReadIsWrittenAgain() {
        TraceParent read = read(GOOD, "vendor=1");

        assertThat(read.header()).isEqualTo(GOOD);
        assertThat(read.sampled()).isTrue();
        assertThat(read.state()).isEqualTo("vendor=1");
        assertThat(read.at(0xff).header()).isEqualTo("00-" + TRACE + "-00000000000000ff-01");
        assertThat(read("00-" + TRACE + "-" + SPAN + "-02", "").sampled()).isFalse();
    }

    @Test
    void aLaterVersionIsReadAsThisOne() {
        assertThat(read("cc-" + TRACE + "-" + SPAN + "-01-what-the-future-holds", "").header())
                .isEqualTo(GOOD);
    }

    @Test
    void aStateThatIsTooLongIsLeftOut() {
        assertThat(read(GOOD, "a=" + "b".repeat(TraceParent.MAX_STATE_CHARS)).state()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "cc-" + TRACE + "-" + SPAN + "-01more",
                "00-" + TRACE + "-" + SPAN + "-0",
                "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "_" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-0g"
            })
    void whatIsNotWellFormedIsNoPlace(String header) {
        assertThat(TraceParent.parse(header, null)).isNull();
        assertThat(TraceParent.parse(null, null)).isNull();
    }
}
