package io.penstock.gateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.fanout.SinkRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/delivery.md: a row for each sink, and proofs that are there. */
class DeliveryPageTest {
    private static final Path PAGE = Path.of("../docs/delivery.md");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]*Test)`");

    @Test
    void hasARowForEachSinkAndNoOther() throws IOException {
        Set<String> rows =
                Files.readString(PAGE)
                        .lines()
                        .takeWhile(line -> !line.startsWith("| source"))
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.substring(3, line.indexOf('`', 3)))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rows)
                .containsExactlyElementsOf(new TreeSet<>(SinkRegistry.onClassPath().types()));
    }

    @Test
    void namesOnlyTestsThatAreThere() throws IOException {
        List<String> named =
                TEST.matcher(Files.readString(PAGE))
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .distinct()
                        .toList();
        assertThat(named).hasSizeGreaterThan(15);
        assertThat(testClasses()).containsAll(named);
    }

    private static Set<String> testClasses() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : List.of("exporter", "gateway")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith("Test.java"))
                        .forEach(name -> names.add(name.replace(".java", "")));
            }
        }
        return names;
    }
}
