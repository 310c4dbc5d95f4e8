package io.penstock.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.gateway.config.ConfigurationPage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/reference is what the code says; {@code -Dpenstock.write=true} writes it anew. */
class ReferencePagesTest {
    private static final Path REFERENCE = Path.of("../docs/reference");
    private static final Path DESCRIPTION =
            Path.of("src/main/resources/io/penstock/gateway/admin/openapi.json");

    @Test
    void theConfigurationIsWhatTheRecordsSay() throws IOException {
        isHeld("configuration.md", new ConfigurationPage(SinkRegistry.onClassPath()).write());
    }

    @Test
    void theApiIsWhatItsDescriptionSays() throws IOException {
        JsonObject description = new JsonObject(Buffer.buffer(Files.readAllBytes(DESCRIPTION)));
        isHeld("api.md", new ApiPage(description).write());
    }

    private static void isHeld(String name, String expected) throws IOException {
        Path page = REFERENCE.resolve(name);
        if (Boolean.getBoolean("penstock.write")) {
            Files.createDirectories(REFERENCE);
            Files.writeString(page, expected);
        }
        assertThat(Files.readString(page))
                .as(
                        "docs/reference/%s. Repeat this test with -Dpenstock.write=true to write it"
                                + " anew",
                        name)
                .isEqualTo(expected);
    }
}
