package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.access.Key;
import io.penstock.gateway.access.KeyBook;
import io.penstock.gateway.access.KeyFile;
import io.penstock.gateway.access.Role;
import io.penstock.gateway.access.Scope;
import io.penstock.gateway.boot.AdminHttp.Said;
import io.penstock.loopback.FreePorts;
import io.penstock.model.AckLevel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of the admin port is held against a node that is a cluster of its own. */
class OpenApiTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String ONE = "/v1/exports/web/out";

    /** Documented properties of schemas that a real answer had, as {@code Schema.property}. */
    private static final Set<String> SEEN = new TreeSet<>();

    @TempDir private static Path directory;
    private static TestNode node;
    private static String key;
    private static JsonObject document;
    private static final AdminHttp ADMIN = new AdminHttp(() -> node.admin(), () -> "Bearer " + key);

    @BeforeAll
    static void start() throws Exception {
        HttpServer target =
                VERTX.createHttpServer().requestHandler(r -> r.response().setStatusCode(422).end());
        int port = TestNode.await(target.listen(0, "127.0.0.1")).actualPort();
        HttpServer hook = VERTX.createHttpServer().requestHandler(r -> r.response().end());
        int hookPort = TestNode.await(hook.listen(0, "127.0.0.1")).actualPort();
        Path keys = directory.resolve("keys.json");
        key =
                Objects.requireNonNull(
                                new KeyBook(new KeyFile(keys), System::currentTimeMillis)
                                        .create(
                                                "test",
                                                new Key.Rights(Set.of(Role.ADMIN), Scope.WHOLE),
                                                Key.NEVER)
                                        .token())
                        .text();
        node =
                TestNode.start(
                        directory.resolve("data"),
                        """
                        cluster: {enabled: true, members: ['127.0.0.1:%1$d'], port: %1$d, port_count: 1}
                        access: {keys_file: '%3$s', anonymous: push}
                        alerts: {rules: [{condition: dead_letters, hold_ms: 0}]}
                        notices: {webhooks: [{name: hook, url: 'http://127.0.0.1:%4$d/'}], slack: [{name: broken, url: 'http://127.0.0.1:%2$d/'}]}
                        exports: [{name: bad, repo: web, batch: {linger_ms: 0}, sink: {type: http, url: 'http://127.0.0.1:%2$d/'}}]
                        """
                                .formatted(FreePorts.one(), port, keys, hookPort));
        document = ADMIN.get("/v1/openapi.json").with(200).json();
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
        TestNode.await(VERTX.close());
    }

    @Test
    void describesTheRoutesThatThereAreAndNoOthers() {
        Set<String> described = new TreeSet<>();
        for (String path : document.getJsonObject("paths").fieldNames()) {
            for (String method : document.getJsonObject("paths").getJsonObject(path).fieldNames()) {
                described.add(method.toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        assertThat(document.getString("openapi")).startsWith("3.1");
        assertThat(described)
                .as("gateway/src/main/resources/io/penstock/gateway/admin/openapi.json")
                .isEqualTo(node.gateway().adminRoutes());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        for (String name : references(document, new TreeSet<>())) {
            assertThat(schemas().containsKey(name)).as(name).isTrue();
        }
    }

    private static Set<String> references(Object part, Set<String> found) {
        if (part instanceof JsonArray array) {
            array.forEach(item -> references(item, found));
        } else if (part instanceof JsonObject object) {
            if (object.containsKey("$ref")) {
                found.add(name(object));
            }
            object.forEach(each -> references(each.getValue(), found));
        }
        return found;
    }

    private static String name(JsonObject reference) {
        return reference.getString("$ref").replace("#/components/schemas/", "");
    }

    private static JsonObject schemas() {
        return document.getJsonObject("components").getJsonObject("schemas");
    }

    @Test
    void answersAreWhatTheyAreDescribedToBe() throws Exception {
        String body =
                "{\"sink\": {\"type\": \"http\", \"url\": \"http://127.0.0.1:1/\","
                        + " \"headers\": {\"a\": \"b\"}}}";
        node.push("web", 2, AckLevel.DELIVERED);
        // an export is made by an order, which takes a leader and its table
        TestNode.until(() -> !ADMIN.get("/v1/orders").json().getString("version").equals("0.0"));
        ask("put", "/v1/exports/{repo}/{export}", ONE + "?dry_run=true", body, 200);
        ask("put", "/v1/exports/{repo}/{export}", ONE, body, 201);
        ask("put", "/v1/exports/{repo}/{export}", ONE, body, 200);
        ask("put", "/v1/exports/{repo}/{export}", ONE, "{", 400);
        ask("put", "/v1/exports/{repo}/{export}", ONE, "{}", 422);
        ask("put", "/v1/exports/{repo}/{export}", "/v1/exports/web/bad", body, 409);
        ask("put", "/v1/exports/{repo}/{export}", ONE, " ".repeat(300_000), 413);
        node.push("web", 3, AckLevel.STAGED);
        ask("post", "/v1/exports/{repo}/{export}/pause", ONE + "/pause", "", 200);
        ask("post", "/v1/exports/{repo}/{export}/resume", ONE + "/resume", "", 200);
        TestNode.until(
                () -> ADMIN.get(ONE).json().containsKey("records_per_s")); // looked at now and then
        get("/v1/exports/{repo}/{export}", ONE);
        get("/v1/exports", "/v1/exports");
        get("/v1/repos", "/v1/repos");
        get("/v1/repos/{repo}", "/v1/repos/web");
        get("/v1/ledger", "/v1/ledger");
        get("/v1/tls", "/v1/tls");
        ask("post", "/v1/tls/reload", "/v1/tls/reload", "", 200);
        get("/v1/tenants", "/v1/tenants");
        for (String path : new String[] {"/livez", "/readyz", "/v1/node"}) {
            get(path, path);
        }
        deadLetters();
        cluster();
        access();
        log();
        console();
        alerts();
        ask("delete", "/v1/exports/{repo}/{export}", ONE, "", 409);
        ask("delete", "/v1/exports/{repo}/{export}", ONE + "?force=true", "", 200);
        ask("delete", "/v1/exports/{repo}/{export}", ONE, "", 404);
        assertThat(ADMIN.get("/metrics").with(200).text()).contains("penstock_node_state");

        Set<String> unseen = new TreeSet<>();
        for (String schema : schemas().fieldNames()) {
            documented(schema, schemas().getJsonObject(schema), unseen);
        }
        unseen.removeAll(SEEN);
        assertThat(unseen).as("described, and in no answer").isEmpty();
    }

    private static void deadLetters() throws Exception {
        String whose = "?repo=web&export=bad";
        TestNode.until(() -> ADMIN.get("/v1/dlq" + whose).json().getLong("held_records", 0L) == 5);
        JsonArray letters = get("/v1/dlq", "/v1/dlq" + whose).getJsonArray("letters");
        String one = whose + "&id=" + letters.getJsonObject(0).getLong("id");
        get("/v1/dlq/letter", "/v1/dlq/letter" + one);
        ask("get", "/v1/dlq/letter", "/v1/dlq/letter" + whose, "", 400);
        JsonObject replayed = ask("post", "/v1/dlq/replay", "/v1/dlq/replay" + one, "", 200);
        assertThat(replayed.getBoolean("replayed")).isFalse();
        ask("post", "/v1/dlq/drop", "/v1/dlq/drop" + one, "", 200);
        AdminHttp data = new AdminHttp(() -> node.data());
        JsonObject receipt =
                data.send("POST", "/v1/repos/web/batches", "[{\"a\":1}]")
                        .with(200)
                        .json()
                        .getJsonObject("receipt");
        receipts(receipt.getString("epoch"), receipt.getLong("first_position"));
        TestNode.until(
                () -> {
                    JsonArray all = ADMIN.get("/v1/dlq" + whose).json().getJsonArray("letters");
                    long last = all.getJsonObject(all.size() - 1).getLong("id");
                    JsonObject letter =
                            get("/v1/dlq/letter", "/v1/dlq/letter" + whose + "&id=" + last);
                    return letter.containsKey("text");
                });
    }

    private static void log() throws Exception {
        get("/v1/log", "/v1/log");
        String one = "/v1/log?logger=io.penstock.nothing&level=";
        ask("put", "/v1/log", one + "debug", "", 200);
        assertThat(get("/v1/log", "/v1/log").getJsonObject("levels").getMap())
                .containsEntry("io.penstock.nothing", "debug");
        ask("put", "/v1/log", one + "default", "", 200);
        assertThat(get("/v1/log", "/v1/log").getJsonObject("levels").getMap())
                .doesNotContainKey("io.penstock.nothing");
        ask("put", "/v1/log", one + "loud", "", 400);
    }

    private static void receipts(String epoch, long position) throws Exception {
        String template = "/v1/receipts/{repo}/{epoch}/{position}";
        String one = "/v1/receipts/web/" + epoch + "/" + position;
        get(template, one + "?wait=5s");
        ask("get", template, one + "?wait=soon", "", 400);
        ask("get", template, one + "0000?wait=1ms", "", 404);
        ask("get", template, one + "?node=other", "", 404);
    }

    private static void access() throws Exception {
        String wanted = "{\"name\": \"ci\", \"roles\": [\"push\"], \"expires_in_ms\": 60000}";
        JsonObject made = ask("post", "/v1/keys", "/v1/keys", wanted, 201);
        ask("post", "/v1/keys", "/v1/keys", "{}", 422);
        ask("post", "/v1/keys", "/v1/keys", "{", 400);
        String one = "/v1/keys/" + made.getJsonObject("key").getString("id");
        ask("post", "/v1/keys/{key}/rotate", one + "/rotate?grace_ms=1000", "", 200);
        ask("post", "/v1/keys/{key}/rotate", "/v1/keys/none/rotate", "", 404);
        ask("delete", "/v1/keys/{key}", one, "", 200);
        ask("delete", "/v1/keys/{key}", "/v1/keys/none", "", 404);
        ask("post", "/v1/keys/{key}/rotate", one + "/rotate", "", 409);
        get("/v1/keys", "/v1/keys");
        get("/v1/audit", "/v1/audit");
        ask("get", "/v1/audit", "/v1/audit?limit=x", "", 400);
    }

    private static void alerts() throws Exception {
        TestNode.until(
                () -> !ADMIN.get("/v1/alerts/history").json().getJsonArray("events").isEmpty());
        String silence = "{\"condition\": \"dead_*\", \"for_ms\": 60000, \"reason\": \"test\"}";
        JsonObject made = ask("post", "/v1/alerts/silences", "/v1/alerts/silences", silence, 201);
        ask("post", "/v1/alerts/silences", "/v1/alerts/silences", "{", 400);
        ask("post", "/v1/alerts/silences", "/v1/alerts/silences", "{}", 422);
        get("/v1/alerts", "/v1/alerts");
        get("/v1/alerts/history", "/v1/alerts/history?limit=5");
        ask("get", "/v1/alerts/history", "/v1/alerts/history?limit=x", "", 400);
        ask("post", "/v1/alerts/test", "/v1/alerts/test?channel=none", "", 404);
        ask("post", "/v1/alerts/test", "/v1/alerts/test?channel=hook", "", 200);
        ask("post", "/v1/alerts/test", "/v1/alerts/test?channel=broken", "", 502);
        String one = "/v1/alerts/silences/" + made.getInteger("id");
        ask("delete", "/v1/alerts/silences/{id}", one, "", 200);
        ask("delete", "/v1/alerts/silences/{id}", one, "", 404);
    }

    private static void cluster() throws Exception {
        TestNode.until(
                () ->
                        ADMIN.get("/v1/leader").json().getBoolean("leads")
                                && ADMIN.get("/v1/tasks").json().getJsonArray("tasks").size() > 0
                                && ADMIN.get("/v1/decisions")
                                                .json()
                                                .getJsonArray("decisions")
                                                .size()
                                        > 0);
        for (String path : new String[] {"nodes", "leader", "assignments", "tasks", "decisions"}) {
            get("/v1/" + path, "/v1/" + path);
        }
        TestNode.until(() -> ADMIN.get("/v1/tasks/why?task=web/bad%230").status() == 200);
        get("/v1/tasks/why", "/v1/tasks/why?task=web/bad%230");
        ask("get", "/v1/tasks/why", "/v1/tasks/why?task=x", "", 400);
    }

    private static void console() throws Exception {
        get("/v1/sinks", "/v1/sinks");
        get("/v1/history", "/v1/history?repo=web&export=out&span=6h");
        ask("get", "/v1/history", "/v1/history?span=1d", "", 400);
        ask("get", "/v1/history", "/v1/history?repo=none", "", 404);
        get("/v1/capacity", "/v1/capacity");
        ask("post", "/v1/reports", "/v1/reports?kind=hourly", "", 201);
        ask("post", "/v1/reports", "/v1/reports?kind=yearly", "", 400);
        get("/v1/reports", "/v1/reports");
        ask("get", "/v1/reports/{name}", "/v1/reports/none", "", 404);
        ask("get", "/v1/tail", "/v1/tail?repo=web&rate=0", "", 400);
        ask("get", "/console/{file}", "/console/none.js", "", 404);
        JsonObject snapshot =
                ADMIN.event(
                        "/v1/live",
                        json ->
                                !json.getJsonArray("nodes").isEmpty()
                                        && json.getJsonObject("cluster").getInteger("tasks_count")
                                                > 0);
        hold("/v1/live", new JsonObject().put("$ref", "#/components/schemas/Snapshot"), snapshot);
        JsonObject records = ADMIN.event("/v1/tail?repo=web", json -> true);
        hold("/v1/tail", new JsonObject().put("$ref", "#/components/schemas/TailEvent"), records);
    }

    private static JsonObject get(String template, String path) throws Exception {
        return ask("get", template, path, "", 200);
    }

    /** Asks, and holds the answer against what is documented for it. */
    private static JsonObject ask(
            String method, String template, String path, String body, int status) throws Exception {
        Said said = ADMIN.send(method.toUpperCase(Locale.ROOT), path, body).with(status);
        JsonObject response =
                document.getJsonObject("paths")
                        .getJsonObject(template)
                        .getJsonObject(method)
                        .getJsonObject("responses")
                        .getJsonObject(String.valueOf(status));
        assertThat(response).as("%s %s %d is described", method, template, status).isNotNull();
        JsonObject schema =
                response.getJsonObject("content")
                        .getJsonObject("application/json")
                        .getJsonObject("schema");
        JsonObject json = said.json();
        JsonArray choice = schema.getJsonArray("oneOf");
        JsonObject fitting =
                choice == null ? schema : choice.getJsonObject(json.containsKey("dry_run") ? 1 : 0);
        hold(method + " " + path, fitting, json);
        return json;
    }

    private static void hold(String where, JsonObject stated, Object value) {
        JsonObject schema = stated;
        String owner = where;
        if (stated.containsKey("$ref")) {
            owner = name(stated);
            schema = schemas().getJsonObject(owner);
        }
        Object type = schema.getValue("type");
        if (value == null) {
            assertThat(String.valueOf(type)).as("%s may be null", where).contains("null");
        } else if (value instanceof JsonArray items) {
            assertThat(type).as(where).isEqualTo("array");
            for (Object item : items) {
                hold(owner, schema.getJsonObject("items"), item);
            }
        } else if (value instanceof JsonObject object) {
            assertThat(type).as(where).isEqualTo("object");
            holdObject(owner, schema, object);
        } else {
            assertThat(String.valueOf(type)).as(where).contains(typeOf(value, type));
            JsonArray words = schema.getJsonArray("enum");
            assertThat(words == null || words.contains(value)).as("%s: %s", where, value).isTrue();
        }
    }

    private static String typeOf(Object value, Object wanted) {
        if (value instanceof Number) {
            boolean whole = value instanceof Integer || value instanceof Long;
            return whole && !"number".equals(wanted) ? "integer" : "number";
        }
        return value instanceof Boolean ? "boolean" : "string";
    }

    private static void holdObject(String owner, JsonObject schema, JsonObject object) {
        JsonObject properties = schema.getJsonObject("properties");
        if (properties == null) {
            assertThat(schema.containsKey("additionalProperties")).as(owner).isTrue();
            return;
        }
        for (Object required : schema.getJsonArray("required", new JsonArray())) {
            assertThat(object.containsKey((String) required))
                    .as("%s has %s: %s", owner, required, object)
                    .isTrue();
        }
        for (String key : object.fieldNames()) {
            assertThat(properties.containsKey(key)).as("%s.%s is described", owner, key).isTrue();
            SEEN.add(owner + "." + key);
            hold(owner + "." + key, properties.getJsonObject(key), object.getValue(key));
        }
    }

    /** Every property that is described, but for those that are marked as seldom. */
    private static void documented(String owner, JsonObject schema, Set<String> into) {
        JsonObject items = schema.getJsonObject("items");
        if (items != null && !items.containsKey("$ref")) {
            documented(owner, items, into);
        }
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (String key : properties.fieldNames()) {
            JsonObject property = properties.getJsonObject(key);
            if (!property.getBoolean("x-penstock-seldom", false)) {
                into.add(owner + "." + key);
                documented(owner + "." + key, property, into);
            }
        }
    }

    @Test
    void theCheckSeesAFieldThatIsNotDescribedAndOneThatIsMissing() {
        JsonObject health = new JsonObject().put("$ref", "#/components/schemas/Health");
        assertThatThrownBy(
                        () ->
                                hold(
                                        "x",
                                        health,
                                        new JsonObject().put("state", "running").put("b", 1)))
                .hasMessageContaining("Health.b is described");
        assertThatThrownBy(() -> hold("x", health, new JsonObject()))
                .hasMessageContaining("Health has state");
        assertThatThrownBy(() -> hold("x", health, new JsonObject().put("state", 1)))
                .hasMessageContaining("Health.state");
    }
}
