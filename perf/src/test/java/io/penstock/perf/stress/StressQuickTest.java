package io.penstock.perf.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.perf.side.JvmOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every jcstress test for a moment, in child JVMs. */
class StressQuickTest {
    private static final long ENDS_WITHIN_S = 240;
    private static final Pattern PASSED = Pattern.compile("\\[OK\\] (io\\.penstock\\.[\\w.]+)");
    private static final Pattern LISTED =
            Pattern.compile("io\\.penstock\\.perf\\.stress\\.\\w+?Stress");

    @TempDir private Path directory;

    @Test
    void noForbiddenOutcomeIsSeen() throws Exception {
        Path output = directory.resolve("output.txt");
        Process jcstress =
                new ProcessBuilder(command())
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended = jcstress.waitFor(ENDS_WITHIN_S, TimeUnit.SECONDS);
        jcstress.descendants().forEach(ProcessHandle::destroyForcibly);
        jcstress.destroyForcibly();

        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(said).isTrue();
        assertThat(jcstress.exitValue()).as(said).isZero();
        assertThat(passed(said)).as(said).isEqualTo(listed()).hasSizeGreaterThanOrEqualTo(6);
    }

    private List<String> command() {
        String room = "-Djava.io.tmpdir=" + directory;
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                room,
                "-cp",
                JvmOptions.classPath(),
                "org.openjdk.jcstress.Main",
                "-m",
                "quick",
                "-t",
                "io.penstock.perf.stress",
                "-jvmArgs", // given, so that it does not try out thirty combinations of its own
                "-Xmx256m " + room,
                "-af",
                "NONE",
                "-sc",
                "false",
                "-f",
                "1",
                "-fsm",
                "1",
                "-iters",
                "1",
                "-time",
                "250",
                "-strideSize",
                "16",
                "-strideCount",
                "2",
                "-v",
                "-r",
                directory.resolve("results").toString());
    }

    private static Set<String> passed(String said) {
        return PASSED.matcher(said)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> listed() throws IOException {
        ClassLoader loader = StressQuickTest.class.getClassLoader();
        try (BufferedReader list =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        loader.getResourceAsStream("META-INF/TestList")),
                                StandardCharsets.UTF_8))) {
            String all = list.lines().collect(Collectors.joining("\n"));
            return LISTED.matcher(all)
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
