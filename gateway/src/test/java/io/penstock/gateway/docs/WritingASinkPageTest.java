package io.penstock.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.docs.Page.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The sink of the page is the one that the contract tests of the exporter try; {@code
 * -Dpenstock.write=true} puts its files into the page.
 */
class WritingASinkPageTest {
    private static final String PAGE = "docs/guide/writing-a-sink.md";
    private static final Path SOURCES = Path.of("../exporter/src/test/java");

    @Test
    void showsTheFilesThatAreTested() throws IOException {
        if (Boolean.getBoolean("penstock.write")) {
            write();
        }
        int files = 0;
        for (Block block : page().blocks()) {
            if (block.language().equals("java")) {
                assertThat(block.content())
                        .as("%s:%d", PAGE, block.line())
                        .isEqualTo(Files.readString(SOURCES.resolve(block.name())));
                files++;
            }
        }
        assertThat(files).isEqualTo(4);
    }

    private static Page page() throws IOException {
        return Page.all().stream()
                .filter(page -> page.path().equals(PAGE))
                .findFirst()
                .orElseThrow();
    }

    private static void write() throws IOException {
        String text = page().text();
        for (Block block : page().blocks()) {
            if (block.language().equals("java")) {
                String fence = "```java " + block.name() + "\n";
                String source = Files.readString(SOURCES.resolve(block.name()));
                text = text.replace(fence + block.content() + "```", fence + source + "```");
            }
        }
        Files.writeString(Page.ROOT.resolve(PAGE), text);
    }
}
