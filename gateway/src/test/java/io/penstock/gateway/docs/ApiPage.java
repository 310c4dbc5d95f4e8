package io.penstock.gateway.docs;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes docs/reference/api.md: every route of the admin port with who may ask, its parameters,
 * answers and a call, then every schema with its fields. Of openapi.json, which {@code OpenApiTest}
 * holds against a real node.
 */
final class ApiPage {
    private static final String HEAD =
            """
            # The admin API

            Every route of the admin port, written from the description that a node answers with at `/v1/openapi.json` (`ReferencePagesTest`; do not edit this page). Tasks in their
            order are in [admin.md](../admin.md), keys and roles in [access.md](../access.md), metrics in [metrics.md](../metrics.md).

            """;

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head");
    private static final String SCHEMAS = "#/components/schemas/";

    private final JsonObject document;
    private final StringBuilder text = new StringBuilder(HEAD);

    /** A page of that description. */
    ApiPage(JsonObject document) {
        this.document = document;
    }

    /** The whole page. */
    String write() {
        text.append(sentence(document.getJsonObject("info").getString("description")));
        text.append("\n\nCalls are written with `ADMIN=127.0.0.1:4401`. Where keys are used, add");
        text.append(" `-H \"Authorization: Bearer $(cat my.key)\"`.\n");
        Map<String, List<String>> groups = groups();
        text.append("\n| about | routes |\n|---|---|\n");
        groups.forEach(
                (group, paths) -> {
                    text.append("| [").append(group).append("](#").append(group).append(") | ");
                    text.append(
                            paths.stream()
                                    .map(path -> "`" + path + "`")
                                    .collect(Collectors.joining(", ")));
                    text.append(" |\n");
                });
        groups.forEach(
                (group, paths) -> {
                    text.append("\n## ").append(group).append('\n');
                    paths.forEach(this::path);
                });
        schemas();
        return text.toString();
    }

    /** Paths by their first word behind the version. */
    private Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new TreeMap<>();
        for (String path : document.getJsonObject("paths").fieldNames()) {
            String rest = path.startsWith("/v1/") ? path.substring("/v1/".length()) : "node";
            String group = rest.split("[/.]", -1)[0];
            groups.computeIfAbsent(group, name -> new ArrayList<>()).add(path);
        }
        return groups;
    }

    private void path(String path) {
        JsonObject methods = document.getJsonObject("paths").getJsonObject(path);
        for (String method : methods.fieldNames()) {
            if (METHODS.contains(method)) {
                route(path, method, methods.getJsonObject(method));
            }
        }
    }

    private void route(String path, String method, JsonObject route) {
        String verb = method.toUpperCase(Locale.ROOT);
        text.append("\n### ").append(verb).append(" ").append(path).append("\n\n");
        text.append(sentence(route.getString("summary"))).append(' ');
        text.append(sentence(route.getString("description", "")));
        text.append(text.charAt(text.length() - 1) == ' ' ? "" : " ");
        text.append("**Who**: ").append(who(path, verb)).append(".\n\n");
        JsonArray parameters = route.getJsonArray("parameters", new JsonArray());
        text.append("    ").append(call(path, verb, route, parameters)).append('\n');
        if (!parameters.isEmpty()) {
            text.append("\n| parameter | in | type | default | |\n|---|---|---|---|---|\n");
            parameters.forEach(each -> parameter((JsonObject) each));
        }
        text.append("\n| answer | with | |\n|---|---|---|\n");
        JsonObject answers = route.getJsonObject("responses");
        for (String status : answers.fieldNames()) {
            JsonObject answer = answers.getJsonObject(status);
            text.append("| ").append(status).append(" | ").append(content(answer)).append(" | ");
            text.append(sentence(answer.getString("description"))).append(" |\n");
        }
    }

    private void parameter(JsonObject parameter) {
        JsonObject schema = parameter.getJsonObject("schema");
        boolean required = parameter.getBoolean("required", false);
        text.append("| `").append(parameter.getString("name")).append("` | ");
        text.append(parameter.getString("in")).append(" | ").append(type(schema)).append(" | ");
        Object value = schema.getValue("default");
        text.append(required ? "**required**" : value == null ? "" : "`" + value + "`");
        text.append(" | ").append(sentence(parameter.getString("description", ""))).append(" |\n");
    }

    /** As {@code AdminDoor} judges; its test and the page access.md say more. */
    private static String who(String path, String verb) {
        if (path.equals("/") || path.startsWith("/console") || path.matches("/(livez|readyz)")) {
            return "everybody";
        }
        if (path.equals("/metrics")) {
            return "`read`, or everybody where `access.open_metrics` is on";
        }
        boolean admin =
                !verb.equals("GET") || path.startsWith("/v1/keys") || path.equals("/v1/audit");
        return admin ? "`admin`" : "`read`";
    }

    private String call(String path, String verb, JsonObject route, JsonArray parameters) {
        String filled = path.replaceAll("\\{(\\w+)}", "$1".toUpperCase(Locale.ROOT));
        for (Object each : parameters) {
            JsonObject parameter = (JsonObject) each;
            if (parameter.getString("in").equals("query")
                    && parameter.getBoolean("required", false)) {
                filled += filled.contains("?") ? "&" : "?";
                filled += parameter.getString("name") + "=" + example(parameter);
            }
        }
        JsonObject body = route.getJsonObject("requestBody");
        String given = body == null ? "" : " -d @" + bodyName(body) + ".json";
        return "curl"
                + (verb.equals("GET") ? "" : " -X " + verb)
                + " \"$ADMIN"
                + filled
                + "\""
                + given;
    }

    private static String example(JsonObject parameter) {
        JsonArray words = parameter.getJsonObject("schema").getJsonArray("enum");
        return words == null
                ? parameter.getString("name").toUpperCase(Locale.ROOT)
                : words.getString(0);
    }

    private String bodyName(JsonObject body) {
        String named = content(body).replaceAll("[^A-Za-z]*\\[(\\w+)].*", "$1");
        return named.matches("\\w+") ? named.toLowerCase(Locale.ROOT) : "body";
    }

    private static String content(JsonObject answer) {
        JsonObject content = answer.getJsonObject("content", new JsonObject());
        return content.fieldNames().stream()
                .map(
                        kind -> {
                            String type = type(content.getJsonObject(kind).getJsonObject("schema"));
                            return kind.equals("application/json") ? type : type + ", " + kind;
                        })
                .collect(Collectors.joining("; "));
    }

    private void schemas() {
        text.append("\n## Schemas\n");
        JsonObject schemas = document.getJsonObject("components").getJsonObject("schemas");
        for (String name : schemas.fieldNames()) {
            JsonObject schema = schemas.getJsonObject(name);
            text.append("\n### Schema ").append(name).append('\n');
            String about = sentence(schema.getString("description", ""));
            text.append(about.isEmpty() ? "" : "\n" + about + "\n");
            fields(schema);
        }
    }

    private void fields(JsonObject schema) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        if (properties.isEmpty()) {
            text.append("\n").append(type(schema)).append("\n");
            return;
        }
        JsonArray required = schema.getJsonArray("required", new JsonArray());
        text.append("\n| field | type | always | |\n|---|---|---|---|\n");
        rows("", properties, required);
    }

    private void rows(String prefix, JsonObject properties, JsonArray required) {
        for (String name : properties.fieldNames()) {
            JsonObject field = properties.getJsonObject(name);
            text.append("| `").append(prefix).append(name).append("` | ").append(type(field));
            text.append(" | ").append(required.contains(name) ? "yes" : "").append(" | ");
            text.append(sentence(field.getString("description", ""))).append(" |\n");
            boolean list = field.containsKey("items");
            JsonObject inner = list ? field.getJsonObject("items") : field;
            if (inner.containsKey("properties")) {
                rows(
                        prefix + name + (list ? "[]." : "."),
                        inner.getJsonObject("properties"),
                        inner.getJsonArray("required", new JsonArray()));
            }
        }
    }

    private static String type(JsonObject schema) {
        String reference = schema.getString("$ref");
        if (reference != null) {
            String name = reference.substring(SCHEMAS.length());
            return "[" + name + "](#schema-" + name.toLowerCase(Locale.ROOT) + ")";
        }
        for (String several : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.containsKey(several)) {
                return schema.getJsonArray(several).stream()
                        .map(each -> type((JsonObject) each))
                        .collect(Collectors.joining(" or "));
            }
        }
        if (schema.containsKey("enum")) {
            return schema.getJsonArray("enum").stream()
                    .map(word -> "`" + word + "`")
                    .collect(Collectors.joining(", "));
        }
        if (schema.containsKey("items")) {
            return "list of " + type(schema.getJsonObject("items"));
        }
        if (schema.getValue("additionalProperties") instanceof JsonObject values) {
            return "map of " + type(values);
        }
        return plain(schema.getValue("type"));
    }

    private static String plain(Object type) {
        if (type instanceof JsonArray several) {
            return several.stream().map(ApiPage::plain).collect(Collectors.joining(" or "));
        }
        return type == null ? "anything" : String.valueOf(type);
    }

    private static String sentence(String words) {
        return words.replace("|", "\\|").replace("<", "&lt;");
    }
}
