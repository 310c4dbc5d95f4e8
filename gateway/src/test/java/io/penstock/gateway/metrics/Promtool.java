package io.penstock.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.web.ServerProcess;
import io.penstock.gateway.catalog.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prometheus' own tool, or the test is skipped. */
final class Promtool {
    private static final long WAIT_S = 60;
    private static final Pattern NAME = Pattern.compile("\\b(?:penstock|jvm|process)_[a-z_]+");

    private Promtool() {}

    /** Runs it; its output, which stands in the failure too if it is not content. */
    static String accepts(Path directory, Path input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ServerProcess.program("promtool")));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "promtool", ".out");
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(input.toFile())
                        .redirectOutput(output.toFile())
                        .redirectErrorStream(true)
                        .start();
        assertThat(process.waitFor(WAIT_S, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    /** Names of metrics in an expression that are not in the catalogue. */
    static Set<String> unknown(String expression) {
        Set<String> known =
                Metric.all().stream().flatMap(Promtool::names).collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        Matcher name = NAME.matcher(expression);
        while (name.find()) {
            if (!known.contains(name.group())) {
                unknown.add(name.group());
            }
        }
        return unknown;
    }

    private static Stream<String> names(Metric metric) {
        String name = metric.metricName();
        return switch (metric.kind()) {
            case COUNTER, GAUGE -> Stream.of(name);
            case SUMMARY -> Stream.of(name + "_sum", name + "_count");
            case HISTOGRAM -> Stream.of(name + "_bucket", name + "_sum", name + "_count");
        };
    }
}
