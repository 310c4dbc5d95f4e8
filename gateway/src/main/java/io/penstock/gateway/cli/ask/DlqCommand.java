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
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DlqCommand implements Runnable {
    private static final int ALL = DeadLetterDesk.MAX_LIST;

    @Spec private CommandSpec spec;

    /** Whose letters, on which node. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class Whose {
        @Option(names = "--repo", required = true, description = "Repo of the export.")
        private String repo;

        @Option(names = "--export", required = true, description = "Name of the export.")
        private String export;

        @Mixin private NodeOption node;
        @Mixin private OutputOption output;

        String query() {
            return "repo=" + encoded(repo) + "&export=" + encoded(export);
        }

        private static String encoded(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "dlq what?");
    }

    @Command(
            name = "ls",
            description = "Lists letters, oldest first.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin Whose whose,
            @Option(names = "--after", defaultValue = "0", description = "Only behind this id.")
                    long after,
            @Option(names = "--limit", defaultValue = "100", description = "At most so many.")
                    int limit)
            throws Exception {
        JsonObject found = find(whose, after, limit);
        PrintWriter out = spec.commandLine().getOut();
        if (whose.output.isJson()) {
            out.println(found.encodePrettily());
        } else {
            JsonTable.of(found.getJsonArray("letters"))
                    .text("ID", "id")
                    .text("DEAD SINCE", "dead")
                    .count("RECORDS", "records")
                    .text("REASON", "reason")
                    .print(out);
            out.printf(
                    "%d letters with %d records wait.%n",
                    found.getLong("held_letters"), found.getLong("held_records"));
        }
        out.flush();
        return ExitCode.OK;
    }

    private static JsonObject find(Whose whose, long after, int limit) throws Exception {
        return ask(
                whose,
                client ->
                        client.get(
                                "/v1/dlq?" + whose.query() + "&after=" + after + "&limit=" + limit),
                letters -> DeadLetterDesk.list(letters, after, limit));
    }

    @Command(
            name = "show",
            description = "Shows letters with their records, as JSON.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin Whose whose,
            @Parameters(paramLabel = "ID", arity = "1..*", description = "From ls.") List<Long> ids)
            throws Exception {
        for (long id : ids) {
            JsonObject letter =
                    ask(
                            whose,
                            client -> client.get("/v1/dlq/letter?" + whose.query() + "&id=" + id),
                            letters -> DeadLetterDesk.show(letters, id));
            spec.commandLine().getOut().println(letter.encodePrettily());
        }
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    @Command(
            name = "replay",
            description = "Delivers letters again through the export's sink; needs a live node.",
            mixinStandardHelpOptions = true)
    int replay(
            @Mixin Whose whose,
            @Parameters(paramLabel = "ID|all", arity = "1..*", description = "From ls.")
                    List<String> ids)
            throws Exception {
        return each(
                whose,
                ids,
                "replayed",
                id ->
                        ask(
                                whose,
                                client ->
                                        client.post(
                                                "/v1/dlq/replay?" + whose.query() + "&id=" + id),
                                letters -> {
                                    throw new CommandFailure(
                                            ExitCode.UNREACHABLE,
                                            "a stopped node has no sink to deliver to; start it");
                                }));
    }

    @Command(
            name = "drop",
            description = "Gives letters up for ever; the ledger counts them.",
            mixinStandardHelpOptions = true)
    int drop(
            @Mixin Whose whose,
            @Parameters(paramLabel = "ID|all", arity = "1..*", description = "From ls.")
                    List<String> ids)
            throws Exception {
        return each(
                whose,
                ids,
                "dropped",
                id ->
                        ask(
                                whose,
                                client ->
                                        client.post("/v1/dlq/drop?" + whose.query() + "&id=" + id),
                                letters -> new JsonObject().put("dropped", letters.dropped(id))));
    }

    /** Settles one letter. */
    @FunctionalInterface
    private interface Settle {
        JsonObject apply(long id) throws Exception;
    }

    private int each(Whose whose, List<String> ids, String done, Settle settle) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        JsonArray results = new JsonArray();
        int settled = 0;
        for (long id : resolve(whose, ids)) {
            JsonObject result = settle.apply(id).put("id", id);
            results.add(result);
            settled += result.getBoolean(done) ? 1 : 0;
            if (!whose.output.isJson()) {
                String why = result.getString("why", "no such letter waits");
                out.println(id + ": " + (result.getBoolean(done) ? done : "stays: " + why));
            }
        }
        if (whose.output.isJson()) {
            out.println(new JsonObject().put("letters", results).encodePrettily());
        } else {
            out.printf(Locale.ROOT, "%d of %d %s.%n", settled, results.size(), done);
        }
        out.flush();
        return settled == results.size() ? ExitCode.OK : ExitCode.FAILED;
    }

    private List<Long> resolve(Whose whose, List<String> ids) throws Exception {
        List<Long> resolved = new ArrayList<>();
        for (String id : ids) {
            if (!id.equals("all")) {
                resolved.add(number(id));
                continue;
            }
            JsonArray page = find(whose, 0, ALL).getJsonArray("letters");
            while (!page.isEmpty()) {
                page.forEach(letter -> resolved.add(((JsonObject) letter).getLong("id")));
                page = find(whose, resolved.get(resolved.size() - 1), ALL).getJsonArray("letters");
            }
        }
        return resolved;
    }

    private long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException notOne) {
            throw new ParameterException(
                    spec.commandLine(), id + " is neither the id of a letter nor 'all'", notOne);
        }
    }

    /** Asks a live node. */
    @FunctionalInterface
    private interface Live {
        JsonObject ask(AdminClient client) throws Exception;
    }

    /** Asks the files of a stopped one; null when there is no such letter. */
    @FunctionalInterface
    private interface Stopped {
        @Nullable JsonObject ask(DeadLetterStore letters) throws IOException;
    }

    private static JsonObject ask(Whose whose, Live live, Stopped stopped) throws Exception {
        return whose.node.visit(
                new NodeOption.Visitor<JsonObject>() {
                    @Override
                    public JsonObject live(AdminClient client) throws Exception {
                        return live.ask(client);
                    }

                    @Override
                    public JsonObject stopped(StoppedNode node) throws IOException {
                        try (DeadLetterStore letters =
                                node.letters(new RepoName(whose.repo), whose.export)) {
                            JsonObject answer = stopped.ask(letters);
                            if (answer == null) {
                                throw new CommandFailure(
                                        ExitCode.FAILED, "no such dead letter waits there");
                            }
                            return answer;
                        } catch (IllegalArgumentException unknown) {
                            throw new CommandFailure(
                                    ExitCode.FAILED, String.valueOf(unknown.getMessage()));
                        }
                    }
                });
    }
}
