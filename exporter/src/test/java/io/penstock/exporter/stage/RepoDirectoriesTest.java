package io.penstock.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.model.RepoName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepoDirectoriesTest {
    private static final RepoName WEB = new RepoName("web");

    @TempDir Path root = Path.of("");
    private RepoDirectories directories = new RepoDirectories(root);

    @BeforeEach
    void start() {
        directories = new RepoDirectories(root.resolve("repos"));
    }

    @Test
    void knowsNothingBeforeTheFirstRepo() throws IOException {
        assertThat(directories.known()).isEmpty();
        directories.emptyTrash();
    }

    @Test
    void listsReposAndPassesOverWhatIsNone() throws IOException {
        directories.prepare(WEB);
        directories.prepare(new RepoName("api"));
        Files.createDirectories(root.resolve("repos/Not A Repo/ring"));
        Files.createDirectories(root.resolve("repos/half-made"));
        assertThat(directories.known()).containsExactly(new RepoName("api"), WEB);
    }

    @Test
    void remembersThatARepoWasClosedDrainedUntilItIsOpenedAgain() throws IOException {
        directories.prepare(WEB);
        assertThat(directories.isDrained(WEB)).isFalse();
        directories.markDrained(WEB);
        assertThat(directories.isDrained(WEB)).isTrue();
        directories.prepare(WEB);
        assertThat(directories.isDrained(WEB)).isFalse();
    }

    @Test
    void deletesARepoWithAllItHas() throws IOException {
        Files.writeString(directories.prepare(WEB).resolve("slot"), "x");
        Files.createDirectories(directories.sinkStateOf(WEB, "files"));
        directories.delete(WEB);
        assertThat(directories.of(WEB)).doesNotExist();
        assertThat(root.resolve("repos")).isEmptyDirectory();
        directories.delete(WEB);
    }

    @Test
    void finishesADeletionThatWasInterrupted() throws IOException {
        Files.createDirectories(root.resolve("repos/.deleted-web/ring"));
        assertThat(directories.known()).isEmpty();
        directories.emptyTrash();
        assertThat(root.resolve("repos")).isEmptyDirectory();
    }
}
