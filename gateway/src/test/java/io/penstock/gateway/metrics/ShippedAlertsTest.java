package io.penstock.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The alert rules of conf/prometheus, by Prometheus' own tool, and what docs/alerts.md says of
 * them.
 */
class ShippedAlertsTest {
    private static final Path CONF = Path.of("../conf/prometheus");
    private static final Path RULES = CONF.resolve("alerts.yml");
    private static final Path TESTS = CONF.resolve("alerts_test.yml");
    private static final Path EXAMPLE = CONF.resolve("prometheus.yml");
    private static final Path DOCUMENT = Path.of("../docs/alerts.md");
    private static final Path NOTHING = Path.of("/dev/null");

    @TempDir private Path directory;

    @SuppressWarnings("unchecked")
    private static Map<String, Object> yaml(Path file) throws Exception {
        return (Map<String, Object>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> of, String key) {
        return (List<Map<String, Object>>) of.getOrDefault(key, List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> of, String key) {
        return (Map<String, Object>) Objects.requireNonNull(of.get(key), key);
    }

    private static List<Map<String, Object>> rules() throws Exception {
        List<Map<String, Object>> rules = new ArrayList<>();
        list(yaml(RULES), "groups").forEach(group -> rules.addAll(list(group, "rules")));
        return rules;
    }

    private static List<Map<String, Object>> alerts() throws Exception {
        return rules().stream().filter(rule -> rule.containsKey("alert")).toList();
    }

    private static String name(Map<String, Object> alert) {
        return String.valueOf(alert.get("alert"));
    }

    @Test
    void promtoolTakesTheRulesAndTheirTests() throws Exception {
        assertThat(Promtool.accepts(directory, NOTHING, "check", "rules", RULES.toString()))
                .contains(rules().size() + " rules found");
        Promtool.accepts(directory, NOTHING, "test", "rules", TESTS.toString());
    }

    @Test
    void promtoolTakesTheExampleAlsoWithWhatIsAComment() throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "secret");
        Files.copy(RULES, directory.resolve("alerts.yml"));
        String text = Files.readString(EXAMPLE);
        int kubernetes = text.indexOf("  # - job_name: penstock-kubernetes");
        assertThat(kubernetes).isPositive();
        String all =
                (text.substring(0, kubernetes).replace("    # authorization", "    authorization")
                                + text.substring(kubernetes).replace("  # ", "  "))
                        .replace("/etc/prometheus/penstock.key", key.toString());
        // Debian builds its Prometheus without Kubernetes: all but the discovery itself is held
        String discovery = "kubernetes_sd_configs:\n      - role: pod\n";
        assertThat(all).contains(discovery);
        all = all.replace(discovery, "static_configs: []\n");
        Path open = Files.writeString(directory.resolve("prometheus.yml"), all);
        assertThat(Promtool.accepts(directory, NOTHING, "check", "config", open.toString()))
                .contains("1 rule files found");
        assertThat(list(yaml(open), "scrape_configs"))
                .extracting(job -> job.get("job_name"))
                .containsExactly("penstock", "penstock-kubernetes");
    }

    @Test
    void rulesAskForMetricsThatThereAre() throws Exception {
        for (Map<String, Object> rule : rules()) {
            String expression = String.valueOf(rule.get("expr"));
            assertThat(Promtool.unknown(expression)).as(expression).isEmpty();
        }
        assertThat(Promtool.unknown("rate(penstock_nothing_total[5m])")).isNotEmpty();
    }

    @Test
    void eachAlertIsSeenToFireAndToStayQuiet() throws Exception {
        Map<String, Set<Boolean>> seen = new HashMap<>();
        for (Map<String, Object> test : list(yaml(TESTS), "tests")) {
            for (Map<String, Object> alert : list(test, "alert_rule_test")) {
                seen.computeIfAbsent(
                                String.valueOf(alert.get("alertname")), name -> new TreeSet<>())
                        .add(list(alert, "exp_alerts").isEmpty());
            }
        }
        for (Map<String, Object> alert : alerts()) {
            assertThat(seen.remove(name(alert))).as(name(alert)).containsExactly(false, true);
        }
        assertThat(seen).as("tests of alerts that are not there").isEmpty();
    }

    @Test
    void eachAlertSaysHowBadItIsAndWhereToRead() throws Exception {
        for (Map<String, Object> alert : alerts()) {
            Map<String, Object> labels = map(alert, "labels");
            Map<String, Object> notes = map(alert, "annotations");
            assertThat(labels.get("severity")).as(name(alert)).isIn("critical", "warning", "info");
            assertThat(notes).as(name(alert)).containsKeys("summary", "description");
            assertThat(notes.get("runbook_url"))
                    .isEqualTo("docs/alerts.md#" + name(alert).toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void eachAlertHasItsSection() throws Exception {
        List<String> sections = new ArrayList<>();
        Matcher section =
                Pattern.compile(
                                "\\R## (\\S+)\\R\\R(Critical|Warning|Info)\\. \\S.+\\R\\R"
                                        + "\\* \\*\\*Look at:\\*\\* .+\\R\\* \\*\\*Do:\\*\\* .+\\R")
                        .matcher(Files.readString(DOCUMENT));
        while (section.find()) {
            sections.add(section.group(1) + " " + section.group(2).toLowerCase(Locale.ROOT));
        }
        List<String> expected = new ArrayList<>();
        for (Map<String, Object> alert : alerts()) {
            Map<String, Object> labels = map(alert, "labels");
            expected.add(name(alert) + " " + labels.get("severity"));
        }
        assertThat(sections).containsExactlyElementsOf(expected);
    }
}
