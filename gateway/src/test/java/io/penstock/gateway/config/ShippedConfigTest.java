package io.penstock.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.fanout.SinkRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code conf/gateway.yaml} is held against the records, both ways. */
class ShippedConfigTest {
    private static final Path SHIPPED = Path.of("../conf/gateway.yaml");
    private final SinkRegistry sinks = SinkRegistry.onClassPath();

    @Test
    void isWhatTheRecordsSay() throws Exception {
        String expected = new ReferenceYaml(sinks).write();
        if (Boolean.getBoolean("penstock.write")) {
            Files.writeString(SHIPPED, expected);
        }
        assertThat(Files.readString(SHIPPED))
                .as(
                        "conf/gateway.yaml: every key with its default and reason, and no other."
                                + " Repeat this test with -Dpenstock.write=true to write it anew")
                .isEqualTo(expected);
    }

    @Test
    void loadsAndEqualsTheDefaults() throws Exception {
        ConfigLoader loader = new ConfigLoader(sinks, Map.<String, String>of()::get);
        assertThat(loader.load(SHIPPED)).isEqualTo(loader.parse("defaults", ""));
    }

    @Test
    void threeNodesDifferInWhatMustDiffer() throws Exception {
        Path three = Path.of("../conf/three-nodes.yaml");
        Set<String> nodes = new HashSet<>();
        for (String n : List.of("1", "2", "3")) {
            GatewayConfig node = new ConfigLoader(sinks, Map.of("N", n)::get).load(three);
            nodes.add(node.node().id());
            assertThat(node.ingress().port()).isEqualTo(4500 + 10 * Integer.parseInt(n));
            assertThat(node.admin().port()).isEqualTo(4501 + 10 * Integer.parseInt(n));
            assertThat(node.node().dataDir().toString()).endsWith("node-" + n);
            assertThat(node.cluster().voters()).contains(node.node().id()).hasSize(3);
        }
        assertThat(nodes).hasSize(3);
    }

    /** The example of an export is a comment; with its required keys filled in it must load. */
    @Test
    void theExampleOfAnExportLoadsWithEverySink() throws Exception {
        String text = Files.readString(SHIPPED);
        String example =
                text.substring(text.indexOf("# - # one export"))
                        .lines()
                        .takeWhile(line -> line.startsWith("# "))
                        .map(
                                line ->
                                        line.substring(2)
                                                .replace(
                                                        "url: (required)", "url: http://localhost/")
                                                .replace(
                                                        "cluster: (required)",
                                                        "cluster: localhost:9092")
                                                .replace(
                                                        "target: (required)",
                                                        "target: file:///objects")
                                                .replace("(required)", "required"))
                        .collect(Collectors.joining("\n"));
        for (String sink : sinks.types()) {
            String one = withSink(example, sink);
            new ConfigLoader(sinks, Map.<String, String>of()::get)
                    .parse("example of " + sink, "exports:\n" + one);
        }
    }

    /** Leaves one of the example's sinks. */
    private static String withSink(String example, String type) {
        StringBuilder kept = new StringBuilder();
        boolean other = false;
        for (String line : example.split("\n", -1)) {
            if (line.equals("  sink:")) {
                other = false;
                continue;
            }
            if (line.startsWith("    type: ")) {
                other = !line.equals("    type: " + type);
                line = "  sink:\n" + line;
            } else if (!line.startsWith("    ")) {
                other = false;
            }
            kept.append(other ? "" : line + "\n");
        }
        return kept.toString();
    }

    @Test
    void theExamplesOfASourceAndItsClusterLoad() throws Exception {
        String text = Files.readString(SHIPPED);
        String cluster = mapExample(text, "kafka").replace("name:", "required:");
        String source = example(text, "# - # one source");
        new ConfigLoader(sinks, Map.<String, String>of()::get)
                .parse("example", "kafka:\n" + cluster + "\nsources:\n" + source);
    }

    @Test
    void theExampleOfATenantLoads() throws Exception {
        String tenant = mapExample(Files.readString(SHIPPED), "tenants");
        new ConfigLoader(sinks, Map.<String, String>of()::get)
                .parse("example", "tenants:\n" + tenant.replace("repos: []", "repos: ['name-*']"));
    }

    private static String mapExample(String text, String key) {
        String section = text.substring(text.indexOf("\n" + key + ": {}\n"));
        return example(section, "#   name: # one of them");
    }

    private static String example(String text, String start) {
        return text.substring(text.indexOf(start))
                .lines()
                .takeWhile(line -> line.startsWith("# "))
                .map(
                        line ->
                                line.substring(2)
                                        .replace(
                                                "bootstrap_servers: (required)",
                                                "bootstrap_servers: a:1")
                                        .replace("topics: (required)", "topics: [t]")
                                        .replace("(required)", "required"))
                .collect(Collectors.joining("\n"));
    }
}
