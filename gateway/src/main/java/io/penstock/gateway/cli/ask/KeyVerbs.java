package io.penstock.gateway.cli.ask;

import io.penstock.gateway.access.Key;
import io.penstock.gateway.access.KeyBook;
import io.penstock.gateway.access.KeyFile;
import io.penstock.gateway.access.KeyJson;
import io.penstock.gateway.access.KeyToken;
import io.penstock.gateway.access.Scope;
import io.penstock.gateway.audit.AuditEntry;
import io.penstock.gateway.audit.AuditFiles;
import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ConfigOption;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.cli.KeyOption;
import io.penstock.gateway.cli.OutputOption;
import io.penstock.gateway.cli.TlsOption;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.terminal.TextTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verbs below {@code penstock keys}. */
final class KeyVerbs {
    private KeyVerbs() {}

    /** What these verbs share: a file or a live node, and how the answer is shown. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    abstract static class Verb implements Callable<Integer> {
        @Mixin private ConfigOption config;
        @Mixin private KeyOption key;
        @Mixin private TlsOption tls;
        @Mixin private OutputOption output;
        @Spec private CommandSpec spec;

        @Option(
                names = "--admin",
                paramLabel = "HOST:PORT",
                description = "Admin port of a live node, instead of the file; takes an admin key.")
        private @Nullable String admin;

        abstract JsonObject live(AdminClient client) throws InterruptedException;

        abstract JsonObject inFile(KeyBook keys) throws IOException;

        /** What is written to the audit log; empty for what changes nothing. */
        String verb() {
            return "";
        }

        void print(JsonObject answer, PrintWriter out, PrintWriter err) {
            JsonObject made = answer.getJsonObject("key");
            err.printf(
                    "key %s (%s): %s; %s; %s%n",
                    made.getString("id"),
                    made.getString("name"),
                    words(made, "roles"),
                    scope(made),
                    made.containsKey("expires")
                            ? "expires " + made.getString("expires")
                            : made.getString("state"));
            String token = answer.getString("token");
            if (token != null) {
                err.println("the key itself is shown this once:");
                err.flush();
                out.println(token);
            }
        }

        @Override
        public final Integer call() throws Exception {
            JsonObject answer =
                    admin == null
                            ? changed()
                            : live(new AdminClient(admin, tls.of(admin), key.authorization()));
            output.show(
                    spec.commandLine().getOut(),
                    answer,
                    out -> print(answer, out, spec.commandLine().getErr()));
            return ExitCode.OK;
        }

        private JsonObject changed() throws IOException {
            GatewayConfig read = config.load();
            String file = read.access().keysFile();
            if (file.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.CONFIGURATION,
                        config.label()
                                + " names no access.keys_file; write one there, or name a live"
                                + " node with --admin");
            }
            JsonObject answer;
            try {
                answer = inFile(new KeyBook(new KeyFile(Path.of(file)), System::currentTimeMillis));
            } catch (IllegalArgumentException
                    | IllegalStateException
                    | NoSuchElementException refused) {
                throw new CommandFailure(ExitCode.FAILED, String.valueOf(refused.getMessage()));
            } catch (IOException unreadable) {
                throw new CommandFailure(ExitCode.FAILED, String.valueOf(unreadable.getMessage()));
            }
            if (!verb().isEmpty()) {
                note(read, answer.getJsonObject("key"));
            }
            return answer;
        }

        private void note(GatewayConfig read, JsonObject changed) throws IOException {
            AuditEntry entry =
                    AuditEntry.of("cli " + System.getProperty("user.name"), "", verb())
                            .note(
                                    "key "
                                            + changed.getString("id")
                                            + " ("
                                            + changed.getString("name")
                                            + ")");
            new AuditFiles(read.node().dataDir(), read.access().auditMaxBytes()).append(entry);
        }
    }

    private static JsonObject told(KeyBook keys, KeyBook.Made made) {
        JsonObject json = new JsonObject().put("key", KeyJson.shown(made.key(), keys.nowMs()));
        KeyToken token = made.token();
        return token == null ? json : json.put("token", token.text());
    }

    private static String words(JsonObject json, String name) {
        return json.getJsonArray(name).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    private static String scope(JsonObject key) {
        return new Scope(
                        key.getString("tenant"),
                        key.getJsonArray("repos").stream().map(String::valueOf).toList())
                .toString();
    }

    /** {@code 90d}, {@code 12h}, as in the configuration. */
    static long millis(String option, String text) {
        Matcher form = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)").matcher(text);
        if (!form.matches()) {
            throw new CommandFailure(
                    ExitCode.USAGE, option + ": " + text + " is no duration like 30m, 12h or 90d");
        }
        long factor =
                switch (form.group(2)) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    default -> 86_400_000;
                };
        return Long.parseLong(form.group(1)) * factor;
    }

    /** {@code penstock keys create}. */
    @Command(
            name = "create",
            description = "Makes a key and shows it, once, alone on standard output.",
            mixinStandardHelpOptions = true)
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class Create extends Verb {
        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "Whose it is, for people.")
        private String name;

        @Option(
                names = "--role",
                required = true,
                split = ",",
                paramLabel = "push|read|admin",
                description = "What may be done with it; may be given more than once.")
        private List<String> roles;

        @Option(
                names = "--tenant",
                paramLabel = "TENANT",
                defaultValue = Scope.EVERY,
                description = "Tenant whose repos it reaches; default: every tenant.")
        private String tenant;

        @Option(
                names = "--repo",
                split = ",",
                paramLabel = "PATTERN",
                description = "Repos that it reaches, as 'acme-*'; default: all of the tenant's.")
        private List<String> repos = List.of();

        @Option(
                names = "--expires",
                paramLabel = "DURATION",
                description = "How long it is good, as 90d; default: always.")
        private @Nullable String expires;

        private JsonObject wanted() {
            return new JsonObject()
                    .put("name", name)
                    .put("roles", new JsonArray(roles))
                    .put("tenant", tenant)
                    .put("repos", new JsonArray(repos))
                    .put(
                            "expires_in_ms",
                            expires == null ? Key.NEVER : millis("--expires", expires));
        }

        @Override
        String verb() {
            return "keys create";
        }

        @Override
        JsonObject live(AdminClient client) throws InterruptedException {
            return client.ask("POST", "/v1/keys", wanted().encode());
        }

        @Override
        JsonObject inFile(KeyBook keys) throws IOException {
            JsonObject wanted = wanted();
            return told(
                    keys,
                    keys.create(name, KeyJson.rights(wanted), wanted.getLong("expires_in_ms")));
        }
    }

    /** {@code penstock keys ls}. */
    @Command(
            name = "ls",
            description = "Lists keys, without what is secret.",
            mixinStandardHelpOptions = true)
    static final class Ls extends Verb {
        @Override
        JsonObject live(AdminClient client) throws InterruptedException {
            return client.get("/v1/keys");
        }

        @Override
        JsonObject inFile(KeyBook keys) throws IOException {
            JsonArray all = new JsonArray();
            for (Key key : keys.list()) {
                all.add(KeyJson.shown(key, keys.nowMs()));
            }
            return new JsonObject().put("keys", all);
        }

        @Override
        void print(JsonObject answer, PrintWriter out, PrintWriter err) {
            if (answer.getJsonArray("keys").isEmpty()) {
                out.println("(none)");
                return;
            }
            TextTable table =
                    new TextTable("ID", "NAME", "ROLES", "REACHES", "STATE", "CREATED", "EXPIRES");
            for (Object each : answer.getJsonArray("keys")) {
                JsonObject key = (JsonObject) each;
                table.row(
                        key.getString("id"),
                        key.getString("name"),
                        words(key, "roles"),
                        scope(key),
                        key.getString("state"),
                        key.getString("created"),
                        key.getString("expires", "never"));
            }
            table.print(out);
        }
    }

    /** What these verbs share: a key that is there. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    abstract static class OneKey extends Verb {
        @Parameters(
                index = "0",
                paramLabel = "ID",
                description = "Id of the key, between pk_ and the next _.")
        private String id;

        String id() {
            if (!id.matches("[a-z0-9]{1,32}")) {
                throw new CommandFailure(ExitCode.USAGE, "that is no id of a key");
            }
            return id;
        }
    }

    /** {@code penstock keys rotate}. */
    @Command(
            name = "rotate",
            description = "Gives a key another secret; the one before is good for a while.",
            mixinStandardHelpOptions = true)
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class Rotate extends OneKey {
        @Option(
                names = "--grace",
                paramLabel = "DURATION",
                defaultValue = "1d",
                description =
                        "How long the secret before is good beside it; default: ${DEFAULT-VALUE}.")
        private String grace;

        @Override
        String verb() {
            return "keys rotate";
        }

        @Override
        JsonObject live(AdminClient client) throws InterruptedException {
            return client.post("/v1/keys/" + id() + "/rotate?grace_ms=" + millis("--grace", grace));
        }

        @Override
        JsonObject inFile(KeyBook keys) throws IOException {
            return told(keys, keys.rotate(id(), millis("--grace", grace)));
        }
    }

    /** {@code penstock keys revoke}. */
    @Command(
            name = "revoke",
            description = "Ends a key, with all its secrets.",
            mixinStandardHelpOptions = true)
    static final class Revoke extends OneKey {
        @Override
        String verb() {
            return "keys revoke";
        }

        @Override
        JsonObject live(AdminClient client) throws InterruptedException {
            return client.delete("/v1/keys/" + id()).orFail();
        }

        @Override
        JsonObject inFile(KeyBook keys) throws IOException {
            return told(keys, keys.revoke(id()));
        }
    }
}
