package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shells make of the completion script: the real ones. */
class CompletionTest {
    private static final long WAIT_S = 60;

    /**
     * What readline does when somebody types words and presses TAB: calls the registered function.
     */
    private static final String TAB =
            """
            tab() {
              COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMPREPLY=()
              "$(complete -p penstock | sed 's/.*-F \\([^ ]*\\) .*/\\1/')" penstock "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
              printf '%s ' "${COMPREPLY[@]}"; echo
            }
            """;

    @TempDir private Path directory;

    private List<String> run(String shell, String script) throws Exception {
        Path completion = directory.resolve("penstock." + shell);
        Cli made = Cli.run("completion", shell);
        assertThat(made.code()).as(made.err()).isZero();
        Files.writeString(completion, made.out());
        Path output = directory.resolve("output");
        Process process;
        try {
            process =
                    new ProcessBuilder(shell, "-c", "source '" + completion + "'\n" + script)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
        } catch (IOException missing) {
            assumeTrue(false, shell + " is not installed");
            return List.of();
        }
        try {
            assertThat(process.waitFor(WAIT_S, TimeUnit.SECONDS)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> said = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s", said).isZero();
        return said.stream().map(String::strip).toList();
    }

    @Test
    void bashCompletesVerbsTheirVerbsOptionsAndValues() throws Exception {
        List<String> completed =
                run(
                        "bash",
                        TAB
                                + """
                                tab penstock exp
                                tab penstock exports cre
                                tab penstock push --fol
                                tab penstock top --sort ''
                                compgen -F _complete_penstock x >/dev/null 2>&1; echo over
                                """);
        assertThat(completed.subList(0, 3)).containsExactly("exports", "create", "--follow");
        assertThat(completed.get(3).split(" ", -1)).contains("lag", "age");
        assertThat(completed).last().isEqualTo("over");
    }

    @Test
    void zshTakesTheScript() throws Exception {
        assertThat(run("zsh", "whence -w _complete_penstock"))
                .last()
                .asString()
                .contains("function");
    }

    @Test
    void otherShellsAreRefused() {
        assertThat(Cli.run("completion", "fish").code()).isEqualTo(ExitCode.USAGE);
    }
}
