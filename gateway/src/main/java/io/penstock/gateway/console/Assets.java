package io.penstock.gateway.console;

import io.penstock.gateway.admin.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the page, read from the class path once, when the server is made; a few tens of KiB.
 * Each has an ETag of its content and is asked for again every time, so that a page is never older
 * than its node.
 *
 * <p>Threading: any thread.
 */
final class Assets {
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml",
                    "txt", "text/plain; charset=utf-8");

    private static final List<String> NAMES =
            List.of(
                    "index.html",
                    "console.css",
                    "icon.svg",
                    "licences.txt",
                    "preact.js",
                    "app.js",
                    "live.js",
                    "format.js",
                    "plot.js",
                    "widgets.js",
                    "flow.js",
                    "nodes.js",
                    "assignments.js",
                    "limiters.js",
                    "ledger.js",
                    "letters.js",
                    "alerts.js",
                    "exports.js",
                    "tail.js",
                    "capacity.js",
                    "reports.js");

    /** Nothing but our own files, and no script or style in the page itself. */
    private static final String POLICY =
            "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int TAG_BYTES = 12;

    private record Asset(Buffer content, String type, String tag) {}

    private final Map<String, Asset> files = new LinkedHashMap<>();

    /** Reads all of them. */
    Assets() {
        for (String name : NAMES) {
            files.put(name, read(name));
        }
    }

    private static Asset read(String name) {
        try (InputStream resource = Assets.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the console's " + name + " is not in the jar");
            }
            byte[] bytes = resource.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
            return new Asset(
                    Buffer.buffer(bytes),
                    type,
                    '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"');
        } catch (IOException | NoSuchAlgorithmException broken) {
            throw new IllegalStateException("the console's " + name + " cannot be read", broken);
        }
    }

    /** All of them. */
    static List<String> names() {
        return NAMES;
    }

    /** Answers with a file, or says that there is none. */
    Optional<Answer> serve(HttpServerRequest request, String name) {
        Asset asset = files.get(name);
        if (asset == null) {
            return Optional.of(Answer.error(NOT_FOUND, "the console has no file " + name));
        }
        HttpServerResponse response = request.response();
        response.putHeader("ETag", asset.tag())
                .putHeader("Cache-Control", "no-cache")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Content-Type", asset.type());
        String known = request.getHeader("If-None-Match");
        if (known != null && known.contains(asset.tag())) {
            response.setStatusCode(NOT_MODIFIED).end();
        } else if (HttpMethod.HEAD.equals(request.method())) {
            response.putHeader("Content-Length", "" + asset.content().length()).end();
        } else {
            response.end(asset.content());
        }
        return Optional.empty();
    }
}
