package io.penstock.gateway.door.remotewrite;

import io.penstock.gateway.door.DoorPort;
import io.penstock.model.RepoName;
import io.penstock.model.Setting;

/**
 * Prometheus remote write.
 *
 * <p>Threading: immutable.
 */
public record RemoteWriteDoorConfig(
        @Setting(value = "true", doc = DoorPort.ENABLED_DOC) boolean enabled,
        @Setting(
                        value = "prometheus",
                        doc =
                                "Repo of the samples, unless the header x-penstock-repo names"
                                        + " another.")
                RepoName defaultRepo,
        @Setting(value = "false", doc = DoorPort.LISTEN_DOC) boolean listen,
        @Setting(value = "9090", doc = DoorPort.PORT_DOC) int port) {

    /** What stands here when the section is left out. */
    public static final RemoteWriteDoorConfig DEFAULT =
            new RemoteWriteDoorConfig(true, new RepoName("prometheus"), false, 9090);

    /** Checks the values. */
    public RemoteWriteDoorConfig {
        DoorPort.check(enabled, listen, port);
    }
}
