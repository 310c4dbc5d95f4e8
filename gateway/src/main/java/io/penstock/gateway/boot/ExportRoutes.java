package io.penstock.gateway.boot;

import io.penstock.exporter.ring.Beginning;
import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.admin.Answer;
import io.penstock.gateway.admin.JsonBody;
import io.penstock.gateway.admin.NodeView;
import io.penstock.gateway.admin.NodeView.RepoRow;
import io.penstock.gateway.admin.Reports;
import io.penstock.gateway.config.ConfigFault;
import io.penstock.gateway.config.NearestKey;
import io.penstock.gateway.definition.ExportDesk;
import io.penstock.gateway.definition.ExportKey;
import io.penstock.gateway.definition.Loss;
import io.penstock.gateway.definition.Ruling;
import io.penstock.gateway.definition.Ruling.Deed;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the admin port answers and does about repos and exports. Threading: any thread. */
final class ExportRoutes {
    private static final String REPO = "repo";
    private static final String EXPORT = "export";
    private static final String ONE = "/v1/exports/{repo}/{export}";

    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int UNAVAILABLE = 503;

    private final Gateway gateway;
    private final ExportDesk desk;
    private final ExportReports reports;

    ExportRoutes(Gateway gateway) {
        this.gateway = gateway;
        this.desk = gateway.exports().desk();
        this.reports = new ExportReports(gateway);
    }

    void addTo(AdminServer server) {
        server.route(HttpMethod.GET, "/v1/repos", this::repos)
                .route(HttpMethod.GET, "/v1/repos/{repo}", this::repo)
                .route(
                        HttpMethod.GET,
                        "/v1/exports",
                        r -> blocking(() -> Answer.ok(reports.list(null))))
                .route(HttpMethod.GET, ONE, r -> of(r, List.of(), this::show))
                .route(HttpMethod.PUT, ONE, this::put)
                .route(HttpMethod.DELETE, ONE, this::delete)
                .route(HttpMethod.POST, ONE + "/pause", r -> of(r, List.of(), k -> pause(k, true)))
                .route(
                        HttpMethod.POST,
                        ONE + "/resume",
                        r -> of(r, List.of(), k -> pause(k, false)));
    }

    private Future<Answer> repos(HttpServerRequest request) {
        NodeView.Page page =
                NodeView.Page.read(request.getParam("after"), request.getParam("limit"));
        return blocking(() -> Answer.ok(Reports.repos(gateway.view(), page)));
    }

    private Future<Answer> repo(HttpServerRequest request) {
        RepoName repo;
        try {
            repo = new RepoName(request.getParam(REPO));
        } catch (IllegalArgumentException malformed) {
            return now(Answer.error(BAD_REQUEST, String.valueOf(malformed.getMessage()), REPO));
        }
        return blocking(() -> repo(repo));
    }

    private Answer repo(RepoName repo) throws IOException {
        RepoRow row = gateway.view().repo(repo).orElse(null);
        JsonArray exports = reports.list(repo).getJsonArray("exports");
        if (row == null && exports.isEmpty()) {
            return Answer.error(NOT_FOUND, "there is no repo " + repo, REPO);
        }
        JsonObject json = Reports.repo(row == null ? new RepoRow(repo, "not made", null) : row);
        return Answer.ok(new JsonObject().put("repo", json).put("exports", exports));
    }

    /** Something done about the export that the path names, where the query is understood. */
    private static Future<Answer> of(
            HttpServerRequest request,
            List<String> parameters,
            Function<ExportKey, Future<Answer>> deed) {
        for (String name : request.params().names()) {
            if (!name.equals(REPO) && !name.equals(EXPORT) && !parameters.contains(name)) {
                return now(Answer.error(BAD_REQUEST, unknown(name, parameters), name));
            }
        }
        RepoName repo;
        try {
            repo = new RepoName(request.getParam(REPO));
        } catch (IllegalArgumentException malformed) {
            return now(Answer.error(BAD_REQUEST, String.valueOf(malformed.getMessage()), REPO));
        }
        ExportKey key;
        try {
            key = new ExportKey(repo, request.getParam(EXPORT));
        } catch (IllegalArgumentException malformed) {
            return now(Answer.error(BAD_REQUEST, String.valueOf(malformed.getMessage()), EXPORT));
        }
        return deed.apply(key);
    }

    private static String unknown(String name, List<String> known) {
        return "unknown parameter"
                + NearestKey.of(name, known)
                        .map(word -> "; did you mean '" + word + "'?")
                        .orElse("; known here: " + (known.isEmpty() ? "none" : known));
    }

    private Future<Answer> show(ExportKey key) {
        return blocking(
                () -> {
                    JsonObject export = reports.whole(key);
                    return export == null
                            ? Answer.error(NOT_FOUND, "there is no export " + key, EXPORT)
                            : Answer.ok(export);
                });
    }

    private Future<Answer> put(HttpServerRequest request) {
        return of(
                request,
                List.of("dry_run", "from"),
                key -> {
                    Beginning beginning = beginning(request.getParam("from"));
                    Boolean dryRun = flag(request.getParam("dry_run"));
                    if (beginning == null) {
                        return now(Answer.error(BAD_REQUEST, "expected start or now", "from"));
                    } else if (dryRun == null) {
                        return now(noFlag("dry_run"));
                    }
                    return JsonBody.read(request, entry -> put(key, entry, beginning, dryRun));
                });
    }

    private static @Nullable Beginning beginning(@Nullable String from) {
        return switch (from == null ? "now" : from) {
            case "now" -> Beginning.NEWEST;
            case "start" -> Beginning.OLDEST;
            default -> null;
        };
    }

    private static @Nullable Boolean flag(@Nullable String value) {
        return switch (value == null ? "false" : value) {
            case "false" -> false;
            case "true" -> true;
            default -> null;
        };
    }

    private static Answer noFlag(String name) {
        return Answer.error(BAD_REQUEST, "expected true or false", name);
    }

    private Future<Answer> put(
            ExportKey key, Map<String, Object> entry, Beginning beginning, boolean dryRun) {
        return desk.put(key, entry, beginning, dryRun)
                .compose(
                        ruling ->
                                dryRun && ruling instanceof Ruling.Settled settled
                                        ? now(Answer.ok(wouldDo(settled)))
                                        : answer(key, ruling));
    }

    private JsonObject wouldDo(Ruling.Settled settled) {
        String note =
                switch (settled.deed()) {
                    case CREATED ->
                            settled.export().beginning() == Beginning.OLDEST
                                    ? "begins at the oldest entry that the repo's files still hold"
                                    : "begins with what is pushed from then on";
                    case CHANGED ->
                            "what is with the sink lands, then a sink made anew goes on from there";
                    case NOTHING -> "it is so already";
                };
        return new JsonObject()
                .put("dry_run", true)
                .put("would", word(settled.deed()))
                .put("differences", new JsonArray(settled.differences()))
                .put("note", note)
                .put("capabilities", ExportReports.capabilities(settled.export()))
                .put("definition", reports.definition(settled.export()));
    }

    private static String word(Deed deed) {
        return switch (deed) {
            case CREATED -> "create";
            case CHANGED -> "change";
            case NOTHING -> "nothing";
        };
    }

    private Future<Answer> pause(ExportKey key, boolean paused) {
        return desk.pause(key, paused).compose(ruling -> answer(key, ruling));
    }

    private Future<Answer> delete(HttpServerRequest request) {
        return of(
                request,
                List.of("force"),
                key -> {
                    Boolean force = flag(request.getParam("force"));
                    return force == null
                            ? now(noFlag("force"))
                            : desk.delete(key, force).compose(ruling -> answer(key, ruling));
                });
    }

    private Future<Answer> answer(ExportKey key, Ruling ruling) {
        if (ruling instanceof Ruling.Settled settled) {
            return blocking(() -> done(key, settled));
        } else if (ruling instanceof Ruling.Deleted deleted) {
            return now(
                    Answer.ok(
                            new JsonObject()
                                    .put("done", "deleted")
                                    .put("lost", loss(deleted.lost()))));
        } else if (ruling instanceof Ruling.Faulty faulty) {
            return now(faulty(faulty.faults()));
        } else if (ruling instanceof Ruling.WouldLose losing) {
            return now(wouldLose(key, losing.loss()));
        }
        Ruling.Refused refused = (Ruling.Refused) ruling;
        int status =
                switch (refused.why()) {
                    case UNKNOWN -> NOT_FOUND;
                    case CONFIGURED, FULL, OVERTAKEN -> CONFLICT;
                    case UNAVAILABLE -> UNAVAILABLE;
                };
        return now(Answer.error(status, refused.message(), EXPORT));
    }

    private Answer done(ExportKey key, Ruling.Settled settled) {
        JsonObject json =
                new JsonObject()
                        .put("done", settled.deed().name().toLowerCase(Locale.ROOT))
                        .put("differences", new JsonArray(settled.differences()))
                        .put("export", reports.whole(key));
        return Answer.json(settled.deed() == Deed.CREATED ? CREATED : 200, json);
    }

    /** The first fault as such, and all of them. */
    private static Answer faulty(List<ConfigFault> faults) {
        JsonArray all = new JsonArray();
        for (ConfigFault fault : faults) {
            all.add(new JsonObject().put("key", fault.path()).put("error", fault.message()));
        }
        JsonObject first = all.getJsonObject(0);
        return Answer.json(
                UNPROCESSABLE,
                new JsonObject()
                        .put("error", first.getString("error"))
                        .put("key", first.getString("key"))
                        .put("faults", all));
    }

    private static Answer wouldLose(ExportKey key, Loss loss) {
        String message =
                "export %s has not delivered %d records (%d bytes) and holds %d records as dead"
                        + " letters%s; force=true gives that up";
        return Answer.json(
                CONFLICT,
                new JsonObject()
                        .put(
                                "error",
                                message.formatted(
                                        key,
                                        loss.records(),
                                        loss.bytes(),
                                        loss.deadLetterRecords(),
                                        loss.unheard().isEmpty()
                                                ? ""
                                                : "; not heard of: "
                                                        + String.join(", ", loss.unheard())))
                        .put("key", "force")
                        .put("would_lose", loss(loss)));
    }

    private static JsonObject loss(Loss loss) {
        JsonObject json =
                new JsonObject()
                        .put("records", loss.records())
                        .put("bytes", loss.bytes())
                        .put("dead_letter_records", loss.deadLetterRecords());
        return loss.unheard().isEmpty()
                ? json
                : json.put("unheard_nodes", new JsonArray(List.copyOf(loss.unheard())));
    }

    private static Future<Answer> now(Answer answer) {
        return Future.succeededFuture(answer);
    }

    private Future<Answer> blocking(Callable<Answer> action) {
        return gateway.vertx().executeBlocking(action, false);
    }
}
