package io.penstock.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProducerIdentityTest {
    @TempDir private Path directory;

    private Path file() {
        return directory.resolve("producer");
    }

    @Test
    void goesOnWhereItWasClosed() throws IOException {
        long id;
        try (ProducerIdentity first = ProducerIdentity.kept(file())) {
            id = first.id();
            assertThat(first.getAsLong()).isEqualTo(1);
            assertThat(first.getAsLong()).isEqualTo(2);
        }
        try (ProducerIdentity next = ProducerIdentity.kept(file())) {
            assertThat(next.id()).isEqualTo(id);
            assertThat(next.getAsLong()).isEqualTo(3);
        }
    }

    @Test
    void neverUsesASequenceTwiceAfterACrash() throws IOException {
        ProducerIdentity crashed = ProducerIdentity.kept(file());
        long last = 0;
        for (int i = 0; i < 100; i++) {
            last = crashed.getAsLong();
        }
        long next = ProducerIdentity.kept(file()).getAsLong();
        assertThat(next).isGreaterThan(last);
        assertThat(next - last).as("a jump that every server accepts").isLessThan(256);
    }

    @Test
    void refusesAFileThatIsNone() throws IOException {
        Files.writeString(file(), "hello\n");
        assertThatThrownBy(() -> ProducerIdentity.kept(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no producer file");
    }
}
