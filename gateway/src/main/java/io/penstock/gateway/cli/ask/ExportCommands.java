package io.penstock.gateway.cli.ask;

import io.penstock.gateway.admin.JsonBody;
import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.cli.NodeOption;
import io.penstock.gateway.cli.OutputOption;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.Documents;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.Progress;
import io.penstock.gateway.terminal.TextTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verbs below {@code penstock exports}, which need a node that runs. */
final class ExportCommands {
    private ExportCommands() {}

    /** What these verbs share: a live node is asked, and the answer shown. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    abstract static class Request implements Callable<Integer> {
        @Mixin private NodeOption node;
        @Mixin private OutputOption output;
        @Spec private CommandSpec spec;

        abstract JsonObject ask(AdminClient client) throws Exception;

        abstract void print(JsonObject answer, PrintWriter out);

        @Override
        public final Integer call() throws Exception {
            JsonObject answer =
                    node.visit(
                            new NodeOption.Visitor<JsonObject>() {
                                @Override
                                public JsonObject live(AdminClient client) throws Exception {
                                    return ask(client);
                                }

                                @Override
                                public JsonObject stopped(StoppedNode stopped) {
                                    throw new CommandFailure(
                                            ExitCode.UNREACHABLE,
                                            "the node does not run; start it, or name one that"
                                                    + " does with --admin");
                                }
                            });
            output.show(spec.commandLine().getOut(), answer, out -> print(answer, out));
            return ExitCode.OK;
        }
    }

    /** One export, by its names. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    abstract static class OneExport extends Request {
        @Parameters(
                arity = "1..2",
                paramLabel = "REPO/EXPORT",
                description = "Which export; REPO EXPORT does, too.")
        private List<String> names;

        String name() {
            return String.join("/", names);
        }

        String path() {
            return pathOf(name());
        }
    }

    /** The path of {@code REPO/EXPORT}. */
    static String pathOf(String name) {
        int slash = name.indexOf('/');
        if (slash < 1 || slash == name.length() - 1) {
            throw new CommandFailure(ExitCode.USAGE, name + " is no REPO/EXPORT");
        }
        return "/v1/exports/"
                + encoded(name.substring(0, slash))
                + "/"
                + encoded(name.substring(slash + 1));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@code penstock exports show}. */
    @Command(
            name = "show",
            aliases = "get",
            description = "Shows an export: its definition without secrets, and how it is doing.",
            mixinStandardHelpOptions = true)
    static final class Show extends OneExport {
        @Override
        JsonObject ask(AdminClient client) throws InterruptedException {
            return client.get(path());
        }

        @Override
        void print(JsonObject export, PrintWriter out) {
            TextTable table = new TextTable("KEY", "VALUE");
            for (Map.Entry<String, Object> each : export) {
                if (!(each.getValue() instanceof JsonObject)) {
                    table.row(each.getKey(), shown(each.getKey(), each.getValue()));
                }
            }
            table.print(out);
            JsonObject definition = export.getJsonObject("definition");
            if (definition != null) {
                out.println("definition: " + definition.encodePrettily());
            }
        }

        private static String shown(String key, Object value) {
            if (value instanceof Number number && key.endsWith("_bytes")) {
                return Amounts.bytes(number.longValue());
            } else if (value instanceof Double rate) {
                return String.format(Locale.ROOT, "%.1f", rate);
            }
            return value instanceof Number number
                    ? Amounts.count(number.longValue())
                    : String.valueOf(value);
        }
    }

    /** {@code penstock exports pause}. */
    @Command(
            name = "pause",
            description = {
                "Starts no more deliveries of an export until it is resumed, over restarts, too.",
                "What is pushed meanwhile is kept, as far as the repo's disk budget goes."
            },
            mixinStandardHelpOptions = true)
    static final class Pause extends OneExport {
        @Override
        JsonObject ask(AdminClient client) throws InterruptedException {
            return client.post(path() + "/pause");
        }

        @Override
        void print(JsonObject answer, PrintWriter out) {
            boolean fresh = answer.getString("done").equals("changed");
            out.println(name() + (fresh ? ": paused" : ": was paused already"));
        }
    }

    /** {@code penstock exports resume}. */
    @Command(
            name = "resume",
            description = "Ends a pause; the export goes on where it stood.",
            mixinStandardHelpOptions = true)
    static final class Resume extends OneExport {
        @Override
        JsonObject ask(AdminClient client) throws InterruptedException {
            return client.post(path() + "/resume");
        }

        @Override
        void print(JsonObject answer, PrintWriter out) {
            boolean fresh = answer.getString("done").equals("changed");
            out.println(name() + (fresh ? ": resumed" : ": was not paused"));
        }
    }

    /** {@code penstock exports delete}. */
    @Command(
            name = "delete",
            description = {
                "Deletes an export that was made by request, or what is left of one that nobody"
                        + " defines any more.",
                "Says what would be lost, and exits with 1, when it has not delivered everything."
            },
            mixinStandardHelpOptions = true)
    static final class Delete extends OneExport {
        @Option(
                names = "--force",
                description = "Gives up what is not delivered, and the dead letters.")
        private boolean force;

        @Override
        JsonObject ask(AdminClient client) throws InterruptedException {
            AdminClient.Answered answered = client.delete(path() + "?force=" + force);
            JsonObject loss = answered.json().getJsonObject("would_lose");
            if (loss != null) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        name()
                                + ": deleting it would lose "
                                + told(loss)
                                + "; repeat with --force to give that up");
            }
            return answered.orFail();
        }

        private static String told(JsonObject loss) {
            return Amounts.count(loss.getLong("records"))
                    + " records not delivered ("
                    + Amounts.bytes(loss.getLong("bytes"))
                    + ") and "
                    + Amounts.count(loss.getLong("dead_letter_records"))
                    + " records of dead letters"
                    + (loss.containsKey("unheard_nodes")
                            ? ", and what "
                                    + String.join(
                                            ", ",
                                            loss.getJsonArray("unheard_nodes").stream()
                                                    .map(String::valueOf)
                                                    .toList())
                                    + " has, of which nothing was heard"
                            : "");
        }

        @Override
        void print(JsonObject answer, PrintWriter out) {
            out.println(name() + ": deleted; lost " + told(answer.getJsonObject("lost")));
        }
    }

    /** An export as a file states it. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    abstract static class FromFile extends Request {
        @Option(
                names = {"-f", "--file"},
                required = true,
                paramLabel = "FILE|-",
                description = {
                    "YAML or JSON with the keys of one item of exports in the configuration, name"
                            + " and repo among them; - reads standard input.",
                    "$${...} is replaced where the node runs. A masked secret keeps the one that is"
                            + " there."
                })
        private String file;

        @Option(
                names = "--dry-run",
                description = "Checks everything and says what would happen; changes nothing.")
        private boolean dryRun;

        JsonObject put(AdminClient client, boolean change, String from) throws Exception {
            JsonObject entry = read();
            String path = pathOf(required(entry, "repo") + "/" + required(entry, "name"));
            String deed = dryRun ? "checking the definition" : "waiting for the node";
            try (Progress progress = Progress.onErr(deed, 0, Amounts::count)) {
                progress.detail(entry.getString("name"));
                return put(client, entry, path + "?dry_run=" + dryRun + "&from=" + from, change);
            }
        }

        private JsonObject put(AdminClient client, JsonObject entry, String path, boolean change)
                throws InterruptedException {
            boolean there = client.find(path.substring(0, path.indexOf('?')));
            if (change != there) {
                String name = entry.getString("repo") + "/" + entry.getString("name");
                throw new CommandFailure(
                        ExitCode.FAILED,
                        there
                                ? "export " + name + " is there; see penstock exports change"
                                : "there is no export " + name + "; see penstock exports create");
            }
            return client.put(path, entry);
        }

        private JsonObject read() {
            try {
                String label = file.equals("-") ? "standard input" : file;
                return new JsonObject(Documents.read(label, text()));
            } catch (IOException unreadable) {
                throw new CommandFailure(
                        ExitCode.FAILED, "cannot read " + file + ": " + unreadable.getMessage());
            } catch (ConfigException faulty) {
                throw new CommandFailure(
                        ExitCode.CONFIGURATION, String.valueOf(faulty.getMessage()));
            }
        }

        private String text() throws IOException {
            if (!file.equals("-")) {
                return Files.readString(Path.of(file));
            }
            return new String(System.in.readNBytes(JsonBody.MAX_BYTES + 1), StandardCharsets.UTF_8);
        }

        private String required(JsonObject entry, String key) {
            if (!(entry.getValue(key) instanceof String value)) {
                throw new CommandFailure(
                        ExitCode.CONFIGURATION,
                        file + ": " + key + ": missing; it says which export is meant");
            }
            return value;
        }

        @Override
        void print(JsonObject answer, PrintWriter out) {
            String keys = keys(answer.getJsonArray("differences"));
            if (dryRun) {
                out.println("would " + answer.getString("would") + keys);
                out.println(answer.getString("note"));
                return;
            }
            JsonObject export = answer.getJsonObject("export");
            String deed = answer.getString("done");
            out.println(
                    export.getString("repo")
                            + "/"
                            + export.getString("export")
                            + ": "
                            + (deed.equals("nothing") ? "it is so already" : deed)
                            + keys);
        }

        private static String keys(JsonArray differences) {
            return differences.isEmpty()
                    ? ""
                    : differences.stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ", ": ", ""));
        }
    }

    /** {@code penstock exports create}. */
    @Command(
            name = "create",
            description = "Makes an export on a node that runs; it is remembered there.",
            mixinStandardHelpOptions = true)
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class Create extends FromFile {
        /** Where an export begins. */
        enum From {
            START,
            NOW;

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        @Option(
                names = "--from",
                paramLabel = "start|now",
                defaultValue = "now",
                description = {
                    "Where it begins in a repo that holds data: with what is pushed from now on, or"
                            + " at the oldest entry that the repo's files still hold.",
                    "Default: ${DEFAULT-VALUE}."
                })
        private From from;

        @Override
        JsonObject ask(AdminClient client) throws Exception {
            return put(client, false, from.toString());
        }
    }

    /** {@code penstock exports change}. */
    @Command(
            name = "change",
            description = {
                "Changes an export that was made by request, and names the keys that differ.",
                "What is under way lands; nothing is lost or delivered twice by it."
            },
            mixinStandardHelpOptions = true)
    static final class Change extends FromFile {
        @Override
        JsonObject ask(AdminClient client) throws Exception {
            return put(client, true, "now");
        }
    }
}
