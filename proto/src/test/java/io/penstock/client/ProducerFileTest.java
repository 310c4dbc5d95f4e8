package io.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProducerFileTest {
    @TempDir private Path directory;

    private Path file() {
        return directory.resolve("producer");
    }

    @Test
    void goesOnWhereItWasClosed() throws IOException {
        long id;
        try (ProducerFile first = ProducerFile.open(file())) {
            id = first.id();
            assertThat(first.nextSequence()).isEqualTo(1);
            assertThat(first.nextSequence()).isEqualTo(2);
        }
        try (ProducerFile next = ProducerFile.open(file())) {
            assertThat(next.id()).isEqualTo(id);
            assertThat(next.nextSequence()).isEqualTo(3);
        }
    }

    @Test
    void neverUsesASequenceTwiceAfterACrash() throws IOException {
        Path crashed = directory.resolve("crashed");
        long last = 0;
        try (ProducerFile first = ProducerFile.open(file())) {
            for (int i = 0; i < 100; i++) {
                last = first.nextSequence();
            }
            // what a process that is killed leaves behind
            Files.copy(file(), crashed, StandardCopyOption.REPLACE_EXISTING);
        }
        try (ProducerFile next = ProducerFile.open(crashed)) {
            long sequence = next.nextSequence();
            assertThat(sequence).isGreaterThan(last);
            assertThat(sequence - last).as("a jump that every server accepts").isLessThan(256);
        }
    }

    @Test
    void isNotGivenToTwo() throws IOException {
        try (ProducerFile first = ProducerFile.open(file())) {
            assertThat(first.nextSequence()).isEqualTo(1);
            assertThatThrownBy(() -> ProducerFile.open(file()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void refusesAFileThatIsNone() throws IOException {
        Files.writeString(file(), "hello\n");
        assertThatThrownBy(() -> ProducerFile.open(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no producer file");
    }
}
