package io.penstock.gateway.door.mount;

import io.penstock.gateway.door.bulk.BulkDoorConfig;
import io.penstock.gateway.door.influx.InfluxDoorConfig;
import io.penstock.gateway.door.loki.LokiDoorConfig;
import io.penstock.gateway.door.remotewrite.RemoteWriteDoorConfig;
import io.penstock.model.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * Protocols of others that the data port speaks.
 *
 * <p>Threading: immutable.
 */
public record DoorsConfig(
        @Setting(doc = "Elasticsearch's _bulk.") BulkDoorConfig elasticsearch,
        @Setting(doc = "InfluxDB's line protocol: /write and /api/v2/write.")
                InfluxDoorConfig influxdb,
        @Setting(doc = "Prometheus remote write: /api/v1/write.") RemoteWriteDoorConfig prometheus,
        @Setting(doc = "Loki's push: /loki/api/v1/push.") LokiDoorConfig loki) {

    /** What stands here when the section is left out. */
    public static final DoorsConfig DEFAULT =
            new DoorsConfig(
                    BulkDoorConfig.DEFAULT,
                    InfluxDoorConfig.DEFAULT,
                    RemoteWriteDoorConfig.DEFAULT,
                    LokiDoorConfig.DEFAULT);

    /**
     * A port that a door has for itself.
     *
     * @param key of the configuration
     * @param port 0 for a free one
     */
    public record Port(String key, int port) {}

    /** The ports of doors that have one, in the order of the doors. */
    public List<Port> ports() {
        List<Port> ports = new ArrayList<>();
        add(ports, "elasticsearch", elasticsearch.listen(), elasticsearch.port());
        add(ports, "influxdb", influxdb.listen(), influxdb.port());
        add(ports, "prometheus", prometheus.listen(), prometheus.port());
        add(ports, "loki", loki.listen(), loki.port());
        return List.copyOf(ports);
    }

    private static void add(List<Port> ports, String door, boolean listen, int port) {
        if (listen) {
            ports.add(new Port("doors." + door + ".port", port));
        }
    }
}
