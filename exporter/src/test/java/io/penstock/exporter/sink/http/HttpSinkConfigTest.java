package io.penstock.exporter.sink.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.web.Http2Mode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSinkConfigTest {

    private static HttpSinkConfig config(
            String method, Map<String, String> headers, long timeoutMs) {
        return config(method, headers, timeoutMs, BodyFormat.NDJSON, "");
    }

    private static HttpSinkConfig config(
            String method,
            Map<String, String> headers,
            long timeoutMs,
            BodyFormat format,
            String template) {
        return new HttpSinkConfig(
                "http://localhost",
                method,
                headers,
                format,
                template,
                Compression.NONE,
                timeoutMs,
                1,
                Http2Mode.OFF,
                List.of(),
                false,
                "",
                "",
                "",
                false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:80",
                "ftp://host/",
                "http://",
                "http:///path",
                "http://a b/",
                "http://user:secret@host/"
            })
    void refusesWhatIsNoUrl(String url) {
        assertThatThrownBy(() -> HttpSinkConfig.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url: ")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h", "https://h:1/p?q=1", "http://[::1]:80/"})
    void takesUrls(String url) {
        assertThatCode(() -> HttpSinkConfig.of(url)).doesNotThrowAnyException();
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertThatThrownBy(() -> config("GET", Map.of(), 1)).hasMessageStartingWith("method: ");
        assertThatThrownBy(() -> config("POST", Map.of(), 0))
                .hasMessageStartingWith("timeout_ms: ");
        assertThatThrownBy(() -> config("POST", Map.of("Content-Length", "1"), 1))
                .hasMessageStartingWith("headers: ");
        assertThatThrownBy(() -> config("POST", Map.of("a b", "1"), 1))
                .hasMessageStartingWith("headers: ");
        assertThatThrownBy(() -> config("POST", Map.of("a", "1\r\nb: 2"), 1))
                .hasMessageStartingWith("headers: ");
        assertThatThrownBy(() -> config("POST", Map.of(), 1, BodyFormat.TEXT, "${"))
                .hasMessageStartingWith("template: ");
    }
}
