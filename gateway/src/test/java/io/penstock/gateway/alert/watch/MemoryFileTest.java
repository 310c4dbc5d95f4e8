package io.penstock.gateway.alert.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.alert.Alert;
import io.penstock.gateway.alert.Condition;
import io.penstock.gateway.alert.Event;
import io.penstock.gateway.alert.Memory;
import io.penstock.gateway.alert.Reading;
import io.penstock.gateway.alert.Silence;
import io.penstock.gateway.alert.State;
import io.penstock.gateway.alert.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFileTest {
    private static final Alert ALERT =
            new Alert(
                    "0123456789abcdef",
                    new Reading(
                            Condition.LAG_AGE, new Subject("web", "out"), 320.5, "why", "http h"),
                    Condition.LAG_AGE.usualRule(),
                    State.FIRING,
                    1_700_000_000_000L,
                    1_700_000_001_000L,
                    true);
    private static final Memory MEMORY =
            new Memory(
                    List.of(ALERT),
                    List.of(new Silence(3, "*", "web", "o*", 1_800_000_000_000L, "\"x\"")),
                    7,
                    List.of(new Memory.Told("target http h", 1_700_000_002_000L, List.of())),
                    List.of(new Event(1_700_000_000_000L, "firing", ALERT.json())));

    @TempDir private Path directory;

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        MemoryFile file = new MemoryFile(directory);
        assertThat(file.read()).isEmpty();
        file.write(MEMORY);
        file.write(MEMORY);
        assertThat(file.read()).hasValue(MEMORY);
        assertThat(directory).isDirectoryContaining("glob:**alerts.json");
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void aFileThatIsDamagedIsLeftOut() throws Exception {
        MemoryFile file = new MemoryFile(directory);
        Path path = directory.resolve("alerts.json");
        for (String text :
                List.of("", "{", "[]", "{}", "{\"format\":2}", "{\"format\":1,\"firing\":3}")) {
            Files.writeString(path, text);
            assertThat(file.read()).as(text).isEmpty();
        }
        file.write(MEMORY);
        String whole = Files.readString(path);
        for (int length = 0; length < whole.length(); length += 7) {
            Files.writeString(path, whole.substring(0, length));
            assertThat(file.read()).as("%d of %d", length, whole.length()).isEmpty();
        }
    }

    @Test
    void aConditionOfALaterVersionIsLeftOut() throws Exception {
        MemoryFile file = new MemoryFile(directory);
        file.write(MEMORY);
        Path path = directory.resolve("alerts.json");
        String text = Files.readString(path);
        Files.writeString(path, text.replace("LAG_AGE", "MOON_PHASE"));
        assertThat(file.read().orElseThrow().firing()).isEmpty();
        assertThat(file.read().orElseThrow().silences()).hasSize(1);
    }
}
