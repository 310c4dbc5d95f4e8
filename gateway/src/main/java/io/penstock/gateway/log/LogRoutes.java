package io.penstock.gateway.log;

import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.admin.Answer;
import io.penstock.gateway.config.GatewayConfig;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.regex.Pattern;

/** Levels of the log, seen and set on the admin port. Threading: any thread. */
public final class LogRoutes {
    private static final int BAD_REQUEST = 400;
    private static final Pattern LOGGER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.$]{0,199}");

    private LogRoutes() {}

    /** Adds them. */
    public static void addTo(AdminServer server) {
        server.route(HttpMethod.GET, "/v1/log", r -> Future.succeededFuture(levels()))
                .route(HttpMethod.PUT, "/v1/log", r -> Future.succeededFuture(set(r)));
    }

    private static Answer levels() {
        JsonObject loggers = new JsonObject();
        Logs.levels().forEach(loggers::put);
        return Answer.ok(new JsonObject().put("levels", loggers));
    }

    private static Answer set(HttpServerRequest request) {
        String logger = request.getParam("logger", "root");
        String level = request.getParam("level", "");
        if (!LOGGER.matcher(logger).matches()) {
            return Answer.error(BAD_REQUEST, "expected root, or the name of a logger", "logger");
        }
        if (level.equals("default") && !logger.equals("root")) {
            Logs.level(logger, null);
        } else {
            try {
                Logs.level(logger, GatewayConfig.Level.valueOf(level.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                return Answer.error(
                        BAD_REQUEST,
                        "expected error, warn, info, debug or trace, or default for a logger",
                        "level");
            }
        }
        return levels().noted(logger + " " + level);
    }
}
