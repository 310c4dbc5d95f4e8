package io.penstock.gateway.cli.ask;

import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.cli.NodeOption;
import io.penstock.gateway.cli.OutputOption;
import io.penstock.gateway.terminal.JsonTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verbs by which people order something of a live cluster. */
final class OrderCommands {
    private static final List<String> LISTS = List.of("nodes", "labels", "exports");

    private OrderCommands() {}

    /** What these verbs share: any live node takes the order; it is done when the verb returns. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    abstract static class Order implements Callable<Integer>, NodeOption.Visitor<Integer> {
        @Mixin private NodeOption node;
        @Mixin private OutputOption output;
        @Spec private CommandSpec spec;

        @Option(
                names = "--force",
                description =
                        "Also where tasks would be left without a node, or for what is yet to come.")
        private boolean isForced;

        /** The path, with force. */
        final String path(String... segments) {
            String path = "/v1/" + String.join("/", segments);
            return isForced ? path + "?force=true" : path;
        }

        /** Orders, and says what was done. */
        abstract JsonObject order(AdminClient client) throws Exception;

        abstract void print(JsonObject done, PrintWriter out);

        int exitCode(JsonObject done) {
            return ExitCode.OK;
        }

        @Override
        public final Integer call() throws Exception {
            return node.visit(this);
        }

        @Override
        public final Integer live(AdminClient client) throws Exception {
            JsonObject done = order(client);
            output.show(spec.commandLine().getOut(), done, out -> print(done, out));
            return exitCode(done);
        }

        @Override
        public final Integer stopped(StoppedNode stopped) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "the node does not run, and only one that runs takes orders;"
                            + " name one with --admin");
        }
    }

    /** {@code penstock tasks pin}. */
    @Command(
            name = "pin",
            description = {
                "Lets the tasks of an export, or one task, run on some nodes and nowhere else.",
                "A pin wins over everything: headroom, labels, drains."
            },
            mixinStandardHelpOptions = true)
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class Pin extends Order {
        @Parameters(index = "0", paramLabel = "WHAT", description = "REPO/EXPORT[#SHARE].")
        private String what;

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "NODE",
                description = "Ids of nodes; of a single task, one.")
        private List<String> nodes;

        @Override
        JsonObject order(AdminClient client) throws InterruptedException {
            JsonArray names = new JsonArray(nodes);
            if (what.indexOf('#') >= 0 && nodes.size() != 1) {
                throw new CommandFailure(ExitCode.USAGE, "a single task is pinned to one node");
            }
            JsonObject done =
                    what.indexOf('#') < 0
                            ? client.ask(
                                    "PUT",
                                    pinPath(this, what),
                                    new JsonObject().put("nodes", names).encode())
                            : client.ask(
                                    "POST",
                                    path("tasks", "move"),
                                    move(what).put("node", nodes.get(0)).encode());
            return done.copy().put("pinned", what).put("nodes", names);
        }

        @Override
        void print(JsonObject done, PrintWriter out) {
            out.println(what + " is pinned to " + String.join(", ", nodes));
        }
    }

    /** {@code penstock tasks unpin}. */
    @Command(
            name = "unpin",
            description = "Lets the tasks of an export, or one task, run anywhere in their group.",
            mixinStandardHelpOptions = true)
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class Unpin extends Order {
        @Parameters(paramLabel = "WHAT", description = "REPO/EXPORT[#SHARE].")
        private String what;

        @Override
        JsonObject order(AdminClient client) throws InterruptedException {
            JsonObject done =
                    what.indexOf('#') < 0
                            ? client.ask("DELETE", pinPath(this, what), "")
                            : client.ask("POST", path("tasks", "move"), move(what).encode());
            return done.copy().put("unpinned", what);
        }

        @Override
        void print(JsonObject done, PrintWriter out) {
            out.println(what + " is not pinned");
        }
    }

    private static JsonObject move(String task) {
        return new JsonObject().put("task", task);
    }

    private static String pinPath(Order order, String export) {
        if (export.indexOf('/') < 1) {
            throw new CommandFailure(ExitCode.USAGE, export + " is no REPO/EXPORT");
        }
        return order.path("exports", export, "pin");
    }

    /** {@code penstock groups}. */
    @Command(
            name = "groups",
            description = "Lists the scheduling groups: their nodes, exports and settings.",
            subcommands = {SetGroup.class, RemoveGroup.class},
            mixinStandardHelpOptions = true)
    static final class Groups extends ClusterCommands.LiveReport {
        Groups() {
            super("/v1/groups");
        }

        @Override
        void print(JsonObject report, PrintWriter out) {
            JsonArray rows = new JsonArray();
            for (Object each : report.getJsonArray("groups")) {
                JsonObject group = (JsonObject) each;
                Map<String, Object> weights =
                        new TreeMap<>(group.getJsonObject("weights").getMap());
                rows.add(
                        group.copy()
                                .put("there", words(group.getJsonArray("nodes_alive")))
                                .put("members", words(group.getJsonArray("exports")))
                                .put("weighs", weights.toString().replaceAll("[{}]", "")));
            }
            JsonTable.of(rows)
                    .text("GROUP", "group")
                    .text("NODES", "there")
                    .text("HEADROOM", "headroom")
                    .text("TOLERANCE", "tolerance")
                    .count("INTERVAL MS", "interval_ms")
                    .text("WEIGHTS", "weighs")
                    .text("EXPORTS BY ORDER", "members")
                    .print(out);
        }

        private static String words(JsonArray names) {
            return names.stream().map(String::valueOf).reduce((a, b) -> a + "," + b).orElse("");
        }
    }

    /** {@code penstock groups set}. */
    @Command(
            name = "set",
            description = {
                "Makes or changes a scheduling group; what is not named has its default.",
                "Keys: weights.cpu, .memory, .network, .disk, .spread, headroom, tolerance,"
                        + " move_cost, interval_ms, lead_ms, smoothing.rise_ms, .fall_ms; and"
                        + " nodes, labels, exports as lists with commas."
            },
            mixinStandardHelpOptions = true)
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class SetGroup extends Order {
        @Parameters(index = "0", paramLabel = "GROUP", description = "Its name.")
        private String group;

        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "KEY=VALUE",
                description = "Settings that differ from their defaults.")
        private List<String> settings = new ArrayList<>();

        @Override
        JsonObject order(AdminClient client) throws InterruptedException {
            JsonObject done = client.ask("PUT", path("groups", group), body().encode());
            return done.copy().put("set", group);
        }

        @Override
        void print(JsonObject done, PrintWriter out) {
            out.println("group " + group + " is set");
        }

        private JsonObject body() {
            JsonObject body = new JsonObject();
            for (String setting : settings) {
                int at = setting.indexOf('=');
                if (at < 1) {
                    throw new CommandFailure(ExitCode.USAGE, setting + " is no KEY=VALUE");
                }
                String key = setting.substring(0, at);
                Object value = value(key, setting.substring(at + 1));
                int dot = key.indexOf('.');
                if (dot < 0) {
                    body.put(key, value);
                } else {
                    String section = key.substring(0, dot);
                    JsonObject inner = body.getJsonObject(section, new JsonObject());
                    body.put(section, inner.put(key.substring(dot + 1), value));
                }
            }
            return body;
        }

        private static Object value(String key, String text) {
            if (LISTS.contains(key)) {
                return new JsonArray(
                        Arrays.stream(text.split(",", -1)).filter(t -> !t.isEmpty()).toList());
            }
            try {
                return Double.valueOf(text);
            } catch (NumberFormatException word) { // the node says which key wants what
                return text;
            }
        }
    }

    /** {@code penstock groups rm}. */
    @Command(
            name = "rm",
            description = "Forgets a group: its exports go to the group default.",
            mixinStandardHelpOptions = true)
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class RemoveGroup extends Order {
        @Parameters(paramLabel = "GROUP", description = "Its name.")
        private String group;

        @Override
        JsonObject order(AdminClient client) throws InterruptedException {
            JsonObject done = client.ask("DELETE", path("groups", group), "");
            return done.copy().put("removed", group);
        }

        @Override
        void print(JsonObject done, PrintWriter out) {
            out.println("group " + group + " is gone");
        }
    }
}
