package io.penstock.gateway.cli;

import java.io.PrintWriter;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code penstock}. */
@Command(
        name = "penstock",
        description = "An export gateway: clients push batches, every sink that asked gets them.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            RunCommand.class,
            ValidateCommand.class,
            DemoCommand.class,
            PushCommand.class,
            ReportCommands.Repos.class,
            ReportCommands.Tenants.class,
            ReportCommands.Exports.class,
            ReportCommands.Ledger.class,
            ReportCommands.Nodes.class,
            ReportCommands.Receipt.class,
            ClusterCommands.Leader.class,
            ClusterCommands.Tasks.class,
            ClusterCommands.Why.class,
            OrderCommands.Groups.class,
            RingCommand.class,
            DlqCommand.class,
            KeysCommand.class,
            AuditCommand.class,
            LogCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:not done, or what was asked for does not hold (residue, damage)",
            "2:the command line is wrong",
            "3:the gateway cannot be reached",
            "4:the configuration is faulty",
            "5:cannot start here (port in use, data directory)",
            "70:a defect of Penstock"
        },
        synopsisSubcommandLabel = "VERB")
public final class Main implements Runnable {
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    Main() {}

    /** Runs a verb and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** All verbs, ready to execute. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        for (VerbProvider provider : ServiceLoader.load(VerbProvider.class)) {
            provider.verbs().forEach(line::addSubcommand);
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((wrong, arguments) -> explain(wrong));
        line.setExecutionExceptionHandler((failure, failed, parsed) -> report(failure, failed));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb?");
    }

    private static int explain(ParameterException wrong) {
        CommandLine verb = wrong.getCommandLine();
        PrintWriter err = verb.getErr();
        err.println(verb.getCommandSpec().qualifiedName() + ": " + wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        if (verb.getSubcommands().isEmpty()) {
            err.println("See " + verb.getCommandSpec().qualifiedName() + " --help");
        } else {
            verb.usage(err);
        }
        return ExitCode.USAGE;
    }

    private static int report(Exception failure, CommandLine failed) {
        PrintWriter err = failed.getErr();
        if (failure instanceof CommandFailure known) {
            err.println(failed.getCommandSpec().qualifiedName() + ": " + known.getMessage());
            return known.exitCode();
        }
        err.println(
                failed.getCommandSpec().qualifiedName()
                        + ": this is a defect of Penstock; please report it with what follows");
        failure.printStackTrace(err);
        return ExitCode.DEFECT;
    }

    /** Tells the version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "penstock " + (version == null ? "(from classes)" : version),
                "java " + System.getProperty("java.version")
            };
        }
    }
}
