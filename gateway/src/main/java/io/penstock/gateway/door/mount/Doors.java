package io.penstock.gateway.door.mount;

import io.penstock.gateway.door.bulk.BulkDoor;
import io.penstock.gateway.door.influx.InfluxDoor;
import io.penstock.gateway.door.loki.LokiDoor;
import io.penstock.gateway.door.remotewrite.RemoteWriteDoor;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.Transport;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The doors that are open. Threading: confined to the event loop of its lane. */
public final class Doors implements Transport {
    private final List<Transport> open = new ArrayList<>();

    /** The doors of one event loop. */
    public Doors(Lane lane, DoorsConfig config) {
        if (config.prometheus().enabled()) {
            open.add(new RemoteWriteDoor(lane, config.prometheus()));
        }
        if (config.influxdb().enabled()) {
            open.add(new InfluxDoor(lane, config.influxdb()));
        }
        if (config.loki().enabled()) {
            open.add(new LokiDoor(lane, config.loki()));
        }
        // Last, as an index may have the name of another's path.
        if (config.elasticsearch().enabled()) {
            open.add(new BulkDoor(lane, config.elasticsearch()));
        }
    }

    @Override
    public boolean takes(HttpServerRequest request) {
        return of(request) != null;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Transport door = of(request);
        if (door != null) {
            door.handle(request);
        }
    }

    @Override
    public void turnAway(Lane lane, HttpServerRequest request, Fault fault) {
        Transport door = of(request);
        if (door != null) {
            door.turnAway(lane, request, fault);
        }
    }

    private @Nullable Transport of(HttpServerRequest request) {
        for (Transport door : open) {
            if (door.takes(request)) {
                return door;
            }
        }
        return null;
    }
}
