package io.penstock.exporter.sink.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.Outcome;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusRulesTest {

    @ParameterizedTest
    @CsvSource({
        "429,BUSY",
        "503,BUSY",
        "408,SLOW",
        "504,SLOW",
        "500,FAULT",
        "502,FAULT",
        "401,FAULT"
    })
    void tellTheExportsLimitsWhyATargetDidNotTakeIt(int status, Outcome.Cause cause) {
        StatusRules rules = new StatusRules(List.of(401), Clock.systemUTC());
        MultiMap none = MultiMap.caseInsensitiveMultiMap();
        Outcome outcome = rules.outcome(new WebAnswer(status, none, none, Buffer.buffer(), true));
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        assertThat(((Outcome.Retry) outcome).cause()).isEqualTo(cause);
    }
}
