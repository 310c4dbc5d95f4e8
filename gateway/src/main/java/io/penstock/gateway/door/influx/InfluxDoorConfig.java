package io.penstock.gateway.door.influx;

import io.penstock.gateway.door.DoorPort;
import io.penstock.gateway.door.RepoNames;
import io.penstock.model.Setting;
import java.util.Map;

/**
 * InfluxDB's line protocol.
 *
 * <p>Threading: immutable.
 */
public record InfluxDoorConfig(
        @Setting(value = "true", doc = DoorPort.ENABLED_DOC) boolean enabled,
        @Setting(
                        value = "{}",
                        doc =
                                "Repos by database or bucket, as in {'My Bucket': web}; the exact name"
                                        + " goes first, then the longest beginning before a *. One"
                                        + " without rule is a repo of its own name.")
                Map<String, String> repos,
        @Setting(value = "\"\"", doc = "Repo of requests that name none; empty: they are refused.")
                String defaultRepo,
        @Setting(value = "false", doc = DoorPort.LISTEN_DOC) boolean listen,
        @Setting(value = "8086", doc = DoorPort.PORT_DOC) int port) {

    /** What stands here when the section is left out. */
    public static final InfluxDoorConfig DEFAULT =
            new InfluxDoorConfig(true, Map.of(), "", false, 8086);

    /** Checks the values. */
    public InfluxDoorConfig {
        repos = Map.copyOf(repos);
        new RepoNames(repos, defaultRepo);
        DoorPort.check(enabled, listen, port);
    }

    RepoNames names() {
        return new RepoNames(repos, defaultRepo);
    }
}
