package io.penstock.gateway.cli.ask;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock keys}. */
@Command(
        name = "keys",
        description = {
            "Makes, lists, rotates and revokes keys.",
            "Without --admin in the file access.keys_file of the configuration, which nodes that run"
                    + " look at every access.poll_ms; with --admin through a node, at once."
        },
        subcommands = {
            KeyVerbs.Create.class,
            KeyVerbs.Ls.class,
            KeyVerbs.Rotate.class,
            KeyVerbs.Revoke.class
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class KeysCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        CommandLine line = spec.commandLine();
        throw new ParameterException(line, "which verb?");
    }
}
