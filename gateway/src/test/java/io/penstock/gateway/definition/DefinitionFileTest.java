package io.penstock.gateway.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.ring.Beginning;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionFileTest {
    private static final ExportDefinition ONE =
            new ExportDefinition(
                    new ExportKey(new RepoName("web"), "out"), entry(), Beginning.OLDEST, true);
    private static final ExportDefinition OTHER =
            ExportDefinition.pause(new ExportKey(new RepoName("web"), "conf"), true);

    @TempDir private Path directory;

    /** One of every kind of value. */
    private static Map<String, Object> entry() {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", "out");
        entry.put("concurrency", 3L);
        entry.put("ratio", 0.5);
        entry.put("nothing", null);
        entry.put("flag", true);
        entry.put("sink", Map.of("type", "http", "url", "http://ü/${X}"));
        entry.put("transforms", List.of(Map.of("drop", List.of("a", "b"))));
        return entry;
    }

    private DefinitionFile file() {
        return new DefinitionFile(directory);
    }

    private Path path() {
        return directory.resolve(DefinitionFile.NAME);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        assertThat(file().read()).isEmpty();
        file().write(List.of(ONE, OTHER));
        assertThat(file().read()).containsExactly(ONE, OTHER);
        file().write(List.of(OTHER));
        assertThat(file().read()).containsExactly(OTHER);
        assertThat(names()).containsExactly(DefinitionFile.NAME);
    }

    @Test
    void isForItsOwnersEyes() throws IOException {
        file().write(List.of(ONE));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
        assertThat(ONE.toString()).doesNotContain("http");
    }

    @Test
    void aNewStateThatWasNotFinishedChangesNothing() throws IOException {
        file().write(List.of(ONE));
        byte[] whole = Files.readAllBytes(path());
        Files.write(
                directory.resolve(DefinitionFile.NAME + ".new"),
                Arrays.copyOf(whole, whole.length / 2));
        assertThat(file().read()).containsExactly(ONE);
        file().write(List.of(OTHER));
        assertThat(file().read()).containsExactly(OTHER);
    }

    @Test
    void whereverItIsTornItIsPutAsideAndNothingIsRead() throws IOException {
        file().write(List.of(ONE, OTHER));
        byte[] whole = Files.readAllBytes(path());
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(path(), Arrays.copyOf(whole, length));
            assertThat(file().read()).as("torn at %d", length).isEmpty();
            assertThat(path()).doesNotExist();
            List<String> aside = names();
            assertThat(aside).singleElement().asString().startsWith("exports.json.damaged-");
            assertThat(Files.readAllBytes(directory.resolve(aside.get(0)))).hasSize(length);
            Files.delete(directory.resolve(aside.get(0)));
        }
    }

    @Test
    void aByteThatChangedIsSeen() throws IOException {
        file().write(List.of(ONE));
        byte[] whole = Files.readAllBytes(path());
        for (int at = 0; at < whole.length; at += 5) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x20;
            Files.write(path(), damaged);
            assertThat(file().read()).as("changed at %d", at).isEmpty();
            assertThat(path()).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"exports\": 1}",
                "{\"exports\": [{}]}",
                "{\"exports\": [{\"repo\": \"../up\", \"export\": \"a\"}]}",
                "{\"exports\": [{\"repo\":\"a\",\"export\":\"b\",\"entry\":[],\"paused\":false,"
                        + "\"beginning\":\"newest\"}]}",
                "{\"exports\": [{\"repo\":\"a\",\"export\":\"b\",\"entry\":{},\"paused\":false,"
                        + "\"beginning\":\"somewhere\"}]}"
            })
    void jsonThatIsNotOfDefinitionsIsPutAside(String body) throws IOException {
        write(DefinitionFile.FORMAT, body);
        assertThat(file().read()).isEmpty();
        assertThat(names()).singleElement().asString().startsWith("exports.json.damaged-");
    }

    @Test
    void oneFromTheFutureStaysAndIsNamed() throws IOException {
        write(2, "{\"whatever\": true}");
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining(path().toString())
                .hasMessageContaining("format 2, this version knows up to 1");
        assertThat(path()).exists();
        Files.writeString(path(), "penstock-exports 3 of another form\n");
        assertThatThrownBy(() -> file().read()).isInstanceOf(NewerFormatException.class);
    }

    @Test
    void refusesToBecomeTooLong() throws IOException {
        file().write(List.of(OTHER));
        Map<String, Object> large = Map.of("name", "x".repeat(DefinitionFile.MAX_BYTES));
        ExportDefinition tooLarge = new ExportDefinition(ONE.key(), large, Beginning.NEWEST, false);
        assertThatThrownBy(() -> file().write(List.of(tooLarge)))
                .hasMessageContaining("it may have " + DefinitionFile.MAX_BYTES);
        assertThat(file().read()).containsExactly(OTHER);
    }

    private void write(int format, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(bytes);
        Files.writeString(
                path(),
                "penstock-exports %d %08x %d\n%s"
                        .formatted(format, crc.getValue(), bytes.length, body));
    }
}
