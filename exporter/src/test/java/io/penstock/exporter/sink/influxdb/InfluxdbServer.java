package io.penstock.exporter.sink.influxdb;

import io.penstock.exporter.sink.web.ServerProcess;
import io.penstock.loopback.FreePorts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An InfluxDB 1 with databases of the tests. Threading: confined to the test's thread. */
public final class InfluxdbServer implements AutoCloseable {

    private final ServerProcess process;

    private InfluxdbServer(ServerProcess process) {
        this.process = process;
    }

    /** Starts one, or skips the test. */
    public static InfluxdbServer start(Path directory) throws IOException, InterruptedException {
        String program = ServerProcess.program("influxd");
        int port = FreePorts.one();
        Path config = directory.resolve("influxdb.conf");
        Files.writeString(
                config,
                """
                reporting-disabled = true
                bind-address = "127.0.0.1:%d"
                [meta]
                  dir = "%s/meta"
                [data]
                  dir = "%s/data"
                  wal-dir = "%s/wal"
                  query-log-enabled = false
                [monitor]
                  store-enabled = false
                [http]
                  bind-address = "127.0.0.1:%d"
                  log-enabled = false
                """
                        .formatted(FreePorts.one(), directory, directory, directory, port));
        return new InfluxdbServer(
                ServerProcess.start(
                        List.of(program, "run", "-config", config.toString()),
                        port,
                        directory,
                        "/ping"));
    }

    /** Where it listens. */
    public String url() {
        return process.url();
    }

    /** Makes a database. */
    public void makeDatabase(String name) throws IOException, InterruptedException {
        process.ask("POST", "/query?q=" + encode("CREATE DATABASE \"" + name + "\""));
    }

    /** The points of a measurement, by name of column. */
    public List<JsonObject> points(String database, String query)
            throws IOException, InterruptedException {
        String body =
                process.ask("GET", "/query?epoch=ns&db=" + database + "&q=" + encode(query)).body();
        List<JsonObject> points = new ArrayList<>();
        JsonObject result = new JsonObject(body).getJsonArray("results").getJsonObject(0);
        for (Object each : result.getJsonArray("series", new JsonArray())) {
            JsonObject series = (JsonObject) each;
            JsonArray columns = series.getJsonArray("columns");
            for (Object row : series.getJsonArray("values")) {
                JsonObject point = new JsonObject().put("measurement", series.getString("name"));
                for (int i = 0; i < columns.size(); i++) {
                    point.put(columns.getString(i), ((JsonArray) row).getValue(i));
                }
                points.add(point);
            }
        }
        return points;
    }

    private static String encode(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.close();
    }
}
