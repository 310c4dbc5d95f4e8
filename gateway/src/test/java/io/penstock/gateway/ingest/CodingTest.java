package io.penstock.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class CodingTest {
    private static MultiMap headers(String... codings) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String coding : codings) {
            headers.add("content-encoding", coding);
        }
        return headers;
    }

    @Test
    void oneLineIsOneCodingAndNoLineNone() {
        assertThat(Coding.ofBody(headers())).isEqualTo(Coding.IDENTITY);
        assertThat(Coding.ofBody(headers("GZIP"))).isEqualTo(Coding.GZIP);
        assertThat(Coding.ofBody(headers("br"))).isNull();
    }

    @Test
    void twoLinesAreAListAndNoListIsKnown() {
        assertThat(Coding.ofBody(headers("gzip", "gzip"))).isNull();
        assertThat(Coding.ofBody(headers("gzip", "zstd"))).isNull();
        assertThat(Coding.ofBody(headers("gzip, gzip"))).isNull();
    }
}
