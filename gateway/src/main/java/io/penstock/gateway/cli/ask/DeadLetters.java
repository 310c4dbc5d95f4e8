package io.penstock.gateway.cli.ask;

import io.penstock.exporter.deadletter.DeadLetterStore;
import io.penstock.gateway.admin.DeadLetterDesk;
import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The dead letters of an export, of a live node or of a stopped one. Blocks; one thread. */
interface DeadLetters {
    /** {@code {"letters":[...], "held_letters":, "held_records":}}, oldest first. */
    JsonObject list(long after, int limit) throws Exception;

    /** One with its records. */
    JsonObject show(long id) throws Exception;

    /** Delivers one again: {@code {"replayed":, "why":}}. */
    JsonObject replay(long id) throws Exception;

    /** Gives one up: {@code {"dropped":}}. */
    JsonObject drop(long id) throws Exception;

    /**
     * Those of a live node.
     *
     * @param repo of the export
     * @param export its name
     * @param client of the node
     */
    record Live(String repo, String export, AdminClient client) implements DeadLetters {
        private String path(String verb, String more) {
            return "/v1/dlq"
                    + verb
                    + "?repo="
                    + URLEncoder.encode(repo, StandardCharsets.UTF_8)
                    + "&export="
                    + URLEncoder.encode(export, StandardCharsets.UTF_8)
                    + more;
        }

        @Override
        public JsonObject list(long after, int limit) throws InterruptedException {
            return client.get(path("", "&after=" + after + "&limit=" + limit));
        }

        @Override
        public JsonObject show(long id) throws InterruptedException {
            return client.get(path("/letter", "&id=" + id));
        }

        @Override
        public JsonObject replay(long id) throws InterruptedException {
            return client.post(path("/replay", "&id=" + id));
        }

        @Override
        public JsonObject drop(long id) throws InterruptedException {
            return client.post(path("/drop", "&id=" + id));
        }
    }

    /**
     * Those in the files of a stopped node.
     *
     * @param store the files
     */
    record Stopped(DeadLetterStore store) implements DeadLetters {
        @Override
        public JsonObject list(long after, int limit) throws Exception {
            return DeadLetterDesk.list(store, after, limit);
        }

        @Override
        public JsonObject show(long id) throws Exception {
            JsonObject letter = DeadLetterDesk.show(store, id);
            if (letter == null) {
                throw new CommandFailure(ExitCode.FAILED, "no such dead letter waits there");
            }
            return letter;
        }

        @Override
        public JsonObject replay(long id) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "a stopped node has no sink to deliver to; start it");
        }

        @Override
        public JsonObject drop(long id) throws Exception {
            return new JsonObject().put("dropped", store.dropped(id));
        }
    }
}
