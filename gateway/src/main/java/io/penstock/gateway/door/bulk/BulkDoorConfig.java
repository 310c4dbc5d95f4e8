package io.penstock.gateway.door.bulk;

import io.penstock.gateway.door.DoorPort;
import io.penstock.gateway.door.RepoNames;
import io.penstock.model.Setting;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Elasticsearch's {@code _bulk}.
 *
 * <p>Threading: immutable.
 */
public record BulkDoorConfig(
        @Setting(value = "true", doc = DoorPort.ENABLED_DOC) boolean enabled,
        @Setting(
                        value = "{}",
                        doc =
                                "Repos by index or data stream, as in {'logs-*': web}; the exact name"
                                        + " goes first, then the longest beginning. An index without"
                                        + " rule is a repo of its own name.")
                Map<String, String> repos,
        @Setting(
                        value = "\"\"",
                        doc = "Repo of documents that name no index; empty: they are refused.")
                String defaultRepo,
        @Setting(
                        value = "\"\"",
                        doc =
                                "Member that is put into documents to hold the _id that a client gave"
                                        + " them; empty: ids are not kept.")
                String idField,
        @Setting(
                        value = "8.17.0",
                        doc = "Version of Elasticsearch that clients are told; some look at it.")
                String version,
        @Setting(value = "false", doc = DoorPort.LISTEN_DOC) boolean listen,
        @Setting(value = "9200", doc = DoorPort.PORT_DOC) int port) {

    private static final Pattern VERSION = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_.@-]{0,255}");

    /** What stands here when the section is left out. */
    public static final BulkDoorConfig DEFAULT =
            new BulkDoorConfig(true, Map.of(), "", "", "8.17.0", false, 9200);

    /** Checks the values. */
    public BulkDoorConfig {
        repos = Map.copyOf(repos);
        new RepoNames(repos, defaultRepo);
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("version: must be three numbers, as in 8.17.0");
        }
        if (!FIELD.matcher(idField).matches()) {
            throw new IllegalArgumentException("id_field: may have A-Z a-z 0-9 _ . @ -");
        }
        DoorPort.check(enabled, listen, port);
    }

    RepoNames names() {
        return new RepoNames(repos, defaultRepo);
    }
}
