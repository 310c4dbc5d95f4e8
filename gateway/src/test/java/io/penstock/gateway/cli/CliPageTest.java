package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/** docs/cli.md against the command tree. */
class CliPageTest {
    private static final Path PAGE = Path.of("../docs/cli.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final int TERMINAL = 80;

    /** What these print has a form of its own: a script, a scene, help. */
    private static final Set<String> WITHOUT_OUTPUT =
            Set.of("penstock run", "penstock demo", "penstock completion", "penstock help");

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    /** All verbs of this module by their whole name, but for the root. */
    private static Map<String, CommandLine> verbs() {
        Map<String, CommandLine> verbs = new TreeMap<>();
        collect(Main.commandLine(), verbs);
        verbs.remove("penstock");
        return verbs;
    }

    private static void collect(CommandLine line, Map<String, CommandLine> verbs) {
        verbs.put(line.getCommandSpec().qualifiedName(), line);
        line.getSubcommands().values().forEach(each -> collect(each, verbs));
    }

    @Test
    void everyExitCodeStandsThereAndInHelp() throws Exception {
        Set<String> codes = new TreeSet<>();
        for (Field field : ExitCode.class.getFields()) {
            codes.add(String.valueOf(field.getInt(null)));
        }
        assertThat(codes).hasSizeGreaterThan(6);
        Matcher rows = Pattern.compile("(?m)^\\| ([0-9]+) \\|").matcher(page());
        assertThat(rows.results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(codes);
        assertThat(Main.commandLine().getCommandSpec().usageMessage().exitCodeList().keySet())
                .containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void theReferenceIsThatOfTheCommandTree() throws Exception {
        String written = page();
        int begin = written.indexOf(CliReference.BEGIN);
        int end = written.indexOf(CliReference.END);
        assertThat(begin).isPositive().isLessThan(end);
        String made = CliReference.of(verbs());
        if (Boolean.getBoolean("penstock.write")) {
            Files.writeString(
                    PAGE,
                    written.substring(0, begin + CliReference.BEGIN.length())
                            + made
                            + written.substring(end));
            return;
        }
        assertThat(written.substring(begin + CliReference.BEGIN.length(), end))
                .as("repeat this test with -Dpenstock.write=true to write it anew")
                .isEqualTo(made);
    }

    @Test
    void everyVerbHasAnExampleAndEveryExampleIsUnderstood() throws Exception {
        Set<String> shown = new LinkedHashSet<>();
        for (String example : examples()) {
            ParseResult parsed = Main.commandLine().parseArgs(words(example));
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            shown.add(parsed.commandSpec().qualifiedName());
        }
        Set<String> leaves = new TreeSet<>(verbs().keySet());
        // verbs that only hold others
        leaves.removeAll(Set.of("penstock dlq", "penstock ring", "penstock keys"));
        assertThat(shown).containsExactlyInAnyOrderElementsOf(leaves);
    }

    private static List<String> examples() throws IOException {
        List<String> lines = new ArrayList<>();
        Matcher block = BLOCK.matcher(page());
        while (block.find()) {
            block.group(1)
                    .lines()
                    .flatMap(line -> Stream.of(line.split(" \\| | && ", -1)))
                    .map(
                            line ->
                                    line.replaceFirst("^source <\\((.*)\\)", "$1")
                                            .replaceFirst(" +#.*| [<>] .*", "")
                                            .strip())
                    .filter(line -> line.startsWith("penstock "))
                    .forEach(lines::add);
        }
        return lines;
    }

    private static String[] words(String line) {
        return WORD.matcher(line.substring("penstock ".length()))
                .results()
                .map(
                        w ->
                                w.group(1) != null
                                        ? w.group(1)
                                        : w.group(2) != null ? w.group(2) : w.group(3))
                .toArray(String[]::new);
    }

    @Test
    void everyVerbThatPrintsDataPrintsItAsTableJsonOrYaml() throws Exception {
        List<String> without =
                verbs().entrySet().stream()
                        .filter(
                                verb ->
                                        verb.getValue().getCommandSpec().findOption("output")
                                                == null)
                        .filter(verb -> verb.getValue().getSubcommands().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
        assertThat(without).containsExactlyInAnyOrderElementsOf(WITHOUT_OUTPUT);
        String documented =
                page().lines()
                        .filter(line -> line.startsWith("| `penstock "))
                        .collect(Collectors.joining("\n"));
        verbs().forEach(
                        (name, verb) -> {
                            if (verb.getCommandSpec().findOption("output") != null) {
                                assertThat(documented).contains("`" + name + "`");
                            }
                        });
    }

    @Test
    void helpFitsIntoATerminalAndSaysWhatEachOptionIsFor() {
        for (Map.Entry<String, CommandLine> each : verbs().entrySet()) {
            CommandLine verb = each.getValue();
            verb.setUsageHelpAutoWidth(false).setUsageHelpWidth(TERMINAL);
            assertThat(verb.getUsageMessage(Ansi.OFF).lines())
                    .as(each.getKey())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(TERMINAL));
            verb.getCommandSpec().args().forEach(arg -> explained(each.getKey(), arg));
        }
    }

    private static void explained(String verb, ArgSpec arg) {
        String said = String.join("", arg.description());
        // picocli replaces ${...} by null where it knows nothing of that name
        assertThat(said).as(verb).isNotBlank().doesNotContain("null is");
        if (arg.arity().max() > 0) {
            assertThat(arg.paramLabel()).as(verb).doesNotContain("<");
        }
    }
}
