package io.penstock.gateway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        footer = "%npenstock help VERB tells about one; docs/cli.md about all.",
        synopsisSubcommandLabel = "VERB")
public final class Main implements Runnable {
    /** How help lists them: run, feed, look, put right; verbs that are not here come behind. */
    private static final List<String> ORDER =
            List.of(
                    "run",
                    "validate",
                    "demo",
                    "push",
                    "tail",
                    "top",
                    "repos",
                    "exports",
                    "ledger",
                    "tenants",
                    "nodes",
                    "leader",
                    "tasks",
                    "why",
                    "receipt",
                    "alerts",
                    "capacity",
                    "report",
                    "groups",
                    "dlq",
                    "ring",
                    "keys",
                    "audit",
                    "log");

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
        verbs().forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((wrong, arguments) -> explain(wrong, arguments));
        line.setExecutionExceptionHandler((failure, failed, parsed) -> report(failure, failed));
        return line;
    }

    private static List<CommandLine> verbs() {
        List<CommandLine> verbs = new ArrayList<>();
        verbs.add(new CommandLine(new RunCommand()));
        verbs.add(new CommandLine(new ValidateCommand()));
        verbs.add(new CommandLine(new DemoCommand()));
        verbs.add(new CommandLine(new PushCommand()));
        verbs.add(new CommandLine(new RingCommand()));
        for (VerbProvider provider : ServiceLoader.load(VerbProvider.class)) {
            provider.verbs().forEach(verb -> verbs.add(new CommandLine(verb)));
        }
        verbs.add(new CommandLine(new CompletionCommand()));
        verbs.add(new CommandLine(new HelpCommand()));
        verbs.sort(Comparator.comparingInt(Main::place));
        return verbs;
    }

    private static int place(CommandLine verb) {
        int place = ORDER.indexOf(verb.getCommandName());
        return place < 0 ? ORDER.size() : place;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which verb?");
    }

    /** The list of verbs is for who named none: else it pushes what is wrong off the screen. */
    private static int explain(ParameterException wrong, String[] arguments) {
        CommandLine verb = wrong.getCommandLine();
        PrintWriter err = verb.getErr();
        err.println(verb.getCommandSpec().qualifiedName() + ": " + said(wrong));
        UnmatchedArgumentException.printSuggestions(wrong, err);
        boolean named =
                arguments.length > 0
                        && !arguments[arguments.length - 1].equals(verb.getCommandName());
        if (named || verb.getSubcommands().isEmpty()) {
            err.println("See " + verb.getCommandSpec().qualifiedName() + " --help");
        } else {
            verb.usage(err);
        }
        return ExitCode.USAGE;
    }

    private static String said(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unknown
                && !wrong.getCommandLine().getSubcommands().isEmpty()
                && !unknown.getUnmatched().get(0).startsWith("-")) {
            return "there is no verb '" + unknown.getUnmatched().get(0) + "'";
        }
        return String.valueOf(wrong.getMessage());
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
