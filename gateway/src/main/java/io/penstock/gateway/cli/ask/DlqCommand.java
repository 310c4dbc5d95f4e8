package io.penstock.gateway.cli.ask;

import io.penstock.exporter.deadletter.DeadLetterStore;
import io.penstock.gateway.admin.DeadLetterDesk;
import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.cli.NodeOption;
import io.penstock.gateway.cli.OutputOption;
import io.penstock.gateway.terminal.JsonTable;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock dlq}. */
@Command(
        name = "dlq",
        description = "Lists, shows, replays and drops the dead letters of an export.",
        subcommands = {SettleCommands.Replay.class, SettleCommands.Drop.class},
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DlqCommand implements Runnable {
    @Spec private CommandSpec spec;

    /** Something done with the letters of an export. */
    @FunctionalInterface
    interface Use<T> {
        T of(DeadLetters letters) throws Exception;
    }

    /** Whose letters, on which node. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class Whose {
        @Option(
                names = "--repo",
                required = true,
                paramLabel = "REPO",
                description = "Repo of the export.")
        private String repo;

        @Option(
                names = "--export",
                required = true,
                paramLabel = "EXPORT",
                description = "Name of the export.")
        private String export;

        @Mixin private NodeOption node;
        @Mixin private OutputOption output;

        OutputOption output() {
            return output;
        }

        <T> T visit(Use<T> use) throws Exception {
            return node.visit(
                    new NodeOption.Visitor<T>() {
                        @Override
                        public T live(AdminClient client) throws Exception {
                            return use.of(new DeadLetters.Live(repo, export, client));
                        }

                        @Override
                        public T stopped(StoppedNode stopped) throws Exception {
                            return inFiles(stopped, use);
                        }
                    });
        }

        private <T> T inFiles(StoppedNode stopped, Use<T> use) throws Exception {
            try (DeadLetterStore store = stopped.letters(new RepoName(repo), export)) {
                return use.of(new DeadLetters.Stopped(store));
            } catch (IllegalArgumentException unknown) {
                throw new CommandFailure(ExitCode.FAILED, String.valueOf(unknown.getMessage()));
            }
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "dlq what?");
    }

    @Command(
            name = "ls",
            aliases = "list",
            description = "Lists letters, oldest first.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin Whose whose,
            @Option(
                            names = "--after",
                            paramLabel = "ID",
                            defaultValue = "0",
                            description = "Only behind this id.")
                    long after,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description =
                                    "At most so many, up to "
                                            + DeadLetterDesk.MAX_LIST
                                            + "; default: ${DEFAULT-VALUE}.")
                    int limit)
            throws Exception {
        JsonObject found = whose.visit(letters -> letters.list(after, limit));
        whose.output.show(
                spec.commandLine().getOut(),
                found,
                out -> {
                    JsonTable.of(found.getJsonArray("letters"))
                            .text("ID", "id")
                            .text("DEAD SINCE", "dead")
                            .count("RECORDS", "records")
                            .text("REASON", "reason")
                            .print(out);
                    out.printf(
                            "%d letters with %d records wait.%n",
                            found.getLong("held_letters"), found.getLong("held_records"));
                });
        return ExitCode.OK;
    }

    @Command(
            name = "show",
            aliases = "get",
            description = "Shows letters with their records, as JSON unless YAML is asked for.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin Whose whose,
            @Parameters(paramLabel = "ID", arity = "1..*", description = "From ls.") List<Long> ids)
            throws Exception {
        JsonArray shown =
                whose.visit(
                        letters -> {
                            JsonArray all = new JsonArray();
                            for (long id : ids) {
                                all.add(letters.show(id));
                            }
                            return all;
                        });
        whose.output.show(
                spec.commandLine().getOut(),
                new JsonObject().put("letters", shown),
                out -> shown.forEach(each -> out.println(((JsonObject) each).encodePrettily())));
        return ExitCode.OK;
    }
}
