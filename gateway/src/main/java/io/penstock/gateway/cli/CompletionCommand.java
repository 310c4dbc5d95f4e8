package io.penstock.gateway.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock completion}. */
@Command(
        name = "completion",
        description = {
            "Prints a script that lets a shell complete verbs, options and their values.",
            "bash: source <(penstock completion bash), in ~/.bashrc for always; or write it to"
                    + " /etc/bash_completion.d/penstock.",
            "zsh: source <(penstock completion zsh), in ~/.zshrc for always."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class CompletionCommand implements Callable<Integer> {
    /** Shells; one script is for both, and finds out which runs it. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "bash|zsh", description = "Which shell.")
    private Shell shell;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        PrintWriter out = spec.commandLine().getOut();
        out.println("# Completion of " + root.name() + " for " + shell);
        out.print(AutoComplete.bash(root.name(), root.commandLine()));
        out.flush();
        return ExitCode.OK;
    }
}
