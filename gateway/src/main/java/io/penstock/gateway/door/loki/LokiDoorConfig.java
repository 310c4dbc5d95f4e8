package io.penstock.gateway.door.loki;

import io.penstock.gateway.door.DoorPort;
import io.penstock.model.RepoName;
import io.penstock.model.Setting;

/**
 * Loki's push.
 *
 * <p>Threading: immutable.
 */
public record LokiDoorConfig(
        @Setting(value = "true", doc = DoorPort.ENABLED_DOC) boolean enabled,
        @Setting(
                        value = "loki",
                        doc = "Repo of the lines, unless the header x-penstock-repo names another.")
                RepoName defaultRepo,
        @Setting(value = "false", doc = DoorPort.LISTEN_DOC) boolean listen,
        @Setting(value = "3100", doc = DoorPort.PORT_DOC) int port) {

    /** What stands here when the section is left out. */
    public static final LokiDoorConfig DEFAULT =
            new LokiDoorConfig(true, new RepoName("loki"), false, 3100);

    /** Checks the values. */
    public LokiDoorConfig {
        DoorPort.check(enabled, listen, port);
    }
}
