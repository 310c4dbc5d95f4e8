package io.penstock.gateway.admin;

import io.penstock.gateway.access.Access;
import io.penstock.gateway.access.Key;
import io.penstock.gateway.access.KeyBook;
import io.penstock.gateway.access.KeyBook.Made;
import io.penstock.gateway.access.KeyJson;
import io.penstock.gateway.access.KeyToken;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;

/** What the admin port answers and does about keys and the audit log. Threading: any thread. */
public final class AccessRoutes {
    private static final String KEYS = "/v1/keys";
    private static final String ONE = KEYS + "/{key}";
    private static final int CREATED = 201;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int DEFAULT_LIST = 100;
    private static final long DEFAULT_GRACE_MS = 86_400_000;
    private static final List<String> FIELDS =
            List.of("name", "roles", "tenant", "repos", "expires_in_ms");

    private final Access access;

    /** Routes about these. */
    public AccessRoutes(Access access) {
        this.access = access;
    }

    /** Adds them. */
    public void addTo(AdminServer server) {
        server.route(HttpMethod.GET, KEYS, r -> told(access.withKeys(AccessRoutes::list)))
                .route(HttpMethod.POST, KEYS, this::create)
                .route(HttpMethod.POST, ONE + "/rotate", this::rotate)
                .route(HttpMethod.DELETE, ONE, this::revoke)
                .route(HttpMethod.GET, "/v1/audit", this::audit);
    }

    private static Answer list(KeyBook keys) throws IOException {
        JsonArray all = new JsonArray();
        for (Key key : keys.list()) {
            all.add(KeyJson.shown(key, keys.nowMs()));
        }
        return Answer.ok(new JsonObject().put("keys", all));
    }

    private Future<Answer> create(HttpServerRequest request) {
        return JsonBody.read(
                request,
                body -> {
                    JsonObject json = new JsonObject(body);
                    String unknown =
                            json.fieldNames().stream()
                                    .filter(field -> !FIELDS.contains(field))
                                    .findFirst()
                                    .orElse("");
                    if (!unknown.isEmpty()) {
                        return now(
                                Answer.error(
                                        UNPROCESSABLE,
                                        "unknown field; known: " + String.join(", ", FIELDS)));
                    }
                    return told(access.withKeys(keys -> made(CREATED, keys, create(keys, json))));
                });
    }

    private static Made create(KeyBook keys, JsonObject json) throws IOException {
        Object lives = json.getValue("expires_in_ms", Key.NEVER);
        if (!(lives instanceof Number livesMs)) {
            throw new IllegalArgumentException("expires_in_ms: expected a number");
        }
        String name = String.valueOf(json.getValue("name", ""));
        return keys.create(name, KeyJson.rights(json), livesMs.longValue());
    }

    private Future<Answer> rotate(HttpServerRequest request) {
        String grace = request.getParam("grace_ms");
        long graceMs;
        try {
            graceMs = grace == null ? DEFAULT_GRACE_MS : Long.parseLong(grace);
        } catch (NumberFormatException notOne) {
            return now(Answer.error(400, "parameter grace_ms is no number", "grace_ms"));
        }
        String id = request.getParam("key");
        return told(access.withKeys(keys -> made(200, keys, keys.rotate(id, graceMs))));
    }

    private Future<Answer> revoke(HttpServerRequest request) {
        String id = request.getParam("key");
        return told(access.withKeys(keys -> made(200, keys, keys.revoke(id))));
    }

    private static Answer made(int status, KeyBook keys, Made made) {
        JsonObject json = new JsonObject().put("key", KeyJson.shown(made.key(), keys.nowMs()));
        KeyToken token = made.token();
        if (token != null) {
            json.put("token", token.text());
        }
        return Answer.json(status, json).noted(made.key().toString());
    }

    private static Future<Answer> told(Future<Answer> doing) {
        return doing.recover(
                failure -> {
                    String why = String.valueOf(failure.getMessage());
                    if (failure instanceof NoSuchElementException) {
                        return now(Answer.error(NOT_FOUND, why));
                    }
                    if (failure instanceof IllegalStateException) {
                        return now(Answer.error(CONFLICT, why));
                    }
                    return failure instanceof IllegalArgumentException
                            ? now(Answer.error(UNPROCESSABLE, why))
                            : Future.failedFuture(failure);
                });
    }

    private Future<Answer> audit(HttpServerRequest request) {
        String limit = request.getParam("limit");
        try {
            int most = limit == null ? DEFAULT_LIST : Integer.parseInt(limit);
            return access.audit().newest(most).map(Answer::ok);
        } catch (NumberFormatException notOne) {
            return now(Answer.error(400, "parameter limit is no number", "limit"));
        }
    }

    private static Future<Answer> now(Answer answer) {
        return Future.succeededFuture(answer);
    }
}
