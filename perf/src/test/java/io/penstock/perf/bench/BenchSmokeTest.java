package io.penstock.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark that the annotation processor found, for a moment, in this JVM. */
class BenchSmokeTest {
    private static final Pattern CLASS =
            Pattern.compile("io\\.penstock\\.perf\\.bench\\.[A-Za-z]+");

    static Set<String> classes() {
        Set<String> names = new TreeSet<>();
        try {
            for (URL list : Collections.list(loader().getResources("META-INF/BenchmarkList"))) {
                try (BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(list.openStream(), StandardCharsets.UTF_8))) {
                    lines.lines().forEach(line -> addClass(line, names));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static ClassLoader loader() {
        return BenchSmokeTest.class.getClassLoader();
    }

    private static void addClass(String line, Set<String> names) {
        Matcher name = CLASS.matcher(line);
        if (name.find()) {
            names.add(name.group());
        }
    }

    @Test
    void benchmarksAreFound() {
        assertThat(classes()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("classes")
    void everyBenchmarkRuns(String name) throws Exception {
        System.setProperty("jmh.ignoreLock", "true");
        Options moment =
                new OptionsBuilder()
                        .include(Pattern.quote(name) + "\\..*")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(60))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build();

        Collection<RunResult> results = new Runner(moment).run();

        assertThat(results).isNotEmpty();
        for (RunResult result : results) {
            assertThat(result.getPrimaryResult().getScore())
                    .as(result.getParams().id())
                    .isPositive();
        }
    }
}
