package io.penstock.gateway.boot;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Who runs on a data directory, for people and verbs that find it locked: a small file beside the
 * lock.
 *
 * @param pid process
 * @param node its {@code node.id}
 * @param started when, ISO 8601
 * @param admin {@code host:port} of its admin port, {@code https://} before it where that speaks
 *     TLS; empty before it listens
 * @param data {@code host:port} of its data port; empty before it listens
 */
public record NodeFile(long pid, String node, String started, String admin, String data) {
    private static final String NAME = "node.json";

    /** What the file of a data directory says, if there is one that can be read. */
    public static Optional<NodeFile> read(Path dataDirectory) {
        try {
            JsonObject json = new JsonObject(Files.readString(dataDirectory.resolve(NAME)));
            return Optional.of(
                    new NodeFile(
                            json.getLong("pid", 0L),
                            json.getString("node", ""),
                            json.getString("started", ""),
                            json.getString("admin", ""),
                            json.getString("data", "")));
        } catch (IOException | DecodeException | ClassCastException unreadable) {
            return Optional.empty();
        }
    }

    void write(Path dataDirectory) throws IOException {
        JsonObject json =
                new JsonObject()
                        .put("pid", pid)
                        .put("node", node)
                        .put("started", started)
                        .put("admin", admin)
                        .put("data", data);
        Path fresh = dataDirectory.resolve(NAME + ".new");
        Files.writeString(fresh, json.encodePrettily() + "\n");
        Files.move(fresh, dataDirectory.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
    }

    static void delete(Path dataDirectory) throws IOException {
        Files.deleteIfExists(dataDirectory.resolve(NAME));
    }

    NodeFile at(String adminAddress, String dataAddress) {
        return new NodeFile(pid, node, started, adminAddress, dataAddress);
    }

    @Override
    public String toString() {
        String where = admin.isEmpty() ? "" : ", admin port " + admin;
        return "process " + pid + " (node " + node + ", since " + started + where + ")";
    }
}
