package io.penstock.gateway.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.ring.Beginning;
import io.penstock.gateway.boot.TestNode;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDefinitionsTest {
    private static final ExportKey KEY = new ExportKey(new RepoName("web"), "out");
    private static final ExportKey OTHER = new ExportKey(new RepoName("web"), "other");

    private final Vertx vertx = Vertx.vertx();

    @TempDir private Path directory;

    @AfterEach
    void stop() throws Exception {
        TestNode.await(vertx.close());
    }

    private static ExportDefinition definition(String value) {
        return new ExportDefinition(KEY, Map.of("name", value), Beginning.NEWEST, false);
    }

    private FileDefinitions loaded() throws Exception {
        FileDefinitions definitions = new FileDefinitions(vertx, directory);
        definitions.load();
        return definitions;
    }

    @Test
    void tellsOfAChangeOnceItIsOnTheDisk() throws Exception {
        FileDefinitions definitions = loaded();
        List<String> told = new ArrayList<>();
        definitions.onChange(
                (before, after) -> {
                    told.add(before + " -> " + after);
                    try {
                        told.add(loaded().list().toString());
                    } catch (Exception unreadable) {
                        return Future.failedFuture(unreadable);
                    }
                    return Future.succeededFuture();
                });
        TestNode.await(definitions.put(definition("a"), null));
        TestNode.await(definitions.remove(definition("a")));
        assertThat(told)
                .containsExactly(
                        "null -> " + definition("a"),
                        List.of(definition("a")).toString(),
                        definition("a") + " -> null",
                        "[]");
    }

    @Test
    void whatTheListenerRefusesIsAsItWasBefore() throws Exception {
        FileDefinitions definitions = loaded();
        TestNode.await(definitions.put(definition("a"), null));
        definitions.onChange((before, after) -> Future.failedFuture("no"));
        assertThatThrownBy(() -> TestNode.await(definitions.put(definition("b"), definition("a"))))
                .hasMessage("no");
        assertThatThrownBy(() -> TestNode.await(definitions.remove(definition("a"))))
                .hasMessage("no");
        assertThat(definitions.list()).containsExactly(definition("a"));
        assertThat(loaded().list()).containsExactly(definition("a"));
    }

    @Test
    void aFileThatCannotBeWrittenChangesNothing() throws Exception {
        FileDefinitions definitions = loaded();
        TestNode.await(definitions.put(definition("a"), null));
        Path inTheWay = directory.resolve(DefinitionFile.NAME + ".new");
        Files.createDirectories(inTheWay.resolve("full"));
        assertThatThrownBy(() -> TestNode.await(definitions.put(definition("b"), definition("a"))))
                .isInstanceOf(java.io.IOException.class);
        assertThat(definitions.list()).containsExactly(definition("a"));
    }

    @Test
    void whatIsDoneAboutOneExportIsDoneInTheOrderOfTheAsking() throws Exception {
        Turns turns = new Turns(3);
        assertThat(turns.take(KEY, Future::succeededFuture)).as("not open yet").isEmpty();
        turns.open();
        List<String> done = new ArrayList<>();
        Promise<String> slow = Promise.promise();
        Future<String> first = turns.take(KEY, slow::future).orElseThrow();
        Future<String> second =
                turns.take(
                                KEY,
                                () -> {
                                    done.add("second");
                                    return Future.succeededFuture("second");
                                })
                        .orElseThrow();
        Future<String> elsewhere =
                turns.take(OTHER, () -> Future.succeededFuture("else")).orElseThrow();
        assertThat(TestNode.await(elsewhere)).isEqualTo("else");
        assertThat(done).isEmpty();
        assertThat(turns.take(OTHER, () -> slow.future())).isPresent();
        assertThat(turns.take(OTHER, Future::succeededFuture)).as("a bound").isEmpty();
        Future<?> closed = turns.close();
        assertThat(closed.isComplete()).isFalse();
        slow.fail("an end is an end");
        assertThat(TestNode.await(second)).isEqualTo("second");
        TestNode.await(closed);
        assertThat(first.failed()).isTrue();
        assertThat(turns.take(KEY, Future::succeededFuture)).as("closed").isEmpty();
    }
}
