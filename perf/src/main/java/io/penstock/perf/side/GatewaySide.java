package io.penstock.perf.side;

import io.penstock.gateway.cli.Main;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The gateway as a child, through its real main class and a configuration of its own. */
public final class GatewaySide implements Side {
    private static final long READY_WITHIN_MS = 60_000;
    private static final long POLL_MS = 100;

    private final ChildJvm child;
    private final AdminPort admin;
    private final int port;

    private GatewaySide(ChildJvm child, AdminPort admin, int port) {
        this.child = child;
        this.admin = admin;
        this.port = port;
    }

    /** Starts it and waits until it is ready. */
    public static GatewaySide start(GatewaySettings settings, JvmOptions options, Cores cores)
            throws IOException, InterruptedException {
        int port = FreePorts.one();
        int adminPort = FreePorts.one();
        Path directory = Files.createDirectories(settings.directory());
        Path config = directory.resolve("gateway.yaml");
        Files.writeString(config, settings.yaml(port, adminPort));
        List<String> arguments = List.of("run", "--config", config.toString());
        Path log = directory.resolve("gateway.log");
        ChildJvm child = ChildJvm.start(Main.class, arguments, options, cores, log);
        AdminPort admin = new AdminPort(adminPort);
        try {
            child.await(
                    READY_WITHIN_MS,
                    output -> admin.ready() ? Optional.of(true) : Optional.empty());
            return new GatewaySide(child, admin, port);
        } catch (IOException | InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    @Override
    public Optional<Ledger> ledger(String repo) throws IOException, InterruptedException {
        Ledger sum = new Ledger(0, 0, 0, 0, 0);
        for (Object item : admin.ledger()) {
            JsonObject row = (JsonObject) item;
            if (row.getString("repo").equals(repo)) {
                sum = plus(sum, row);
            }
        }
        return Optional.of(sum);
    }

    private static Ledger plus(Ledger sum, JsonObject row) {
        return new Ledger(
                Math.max(sum.accepted(), row.getLong("accepted")),
                sum.delivered() + row.getLong("delivered"),
                sum.waiting() + row.getLong("staged") + row.getLong("parked"),
                sum.lost() + row.getLong("dead_lettered") + row.getLong("dropped"),
                sum.residue() + Math.abs(row.getLong("residue")));
    }

    @Override
    public void drain(long withinMs) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + withinMs * 1_000_000;
        while (lagRecords() > 0 && System.nanoTime() - deadline < 0) {
            Thread.sleep(POLL_MS);
        }
    }

    /** From counters: asking for the ledger would make the gateway walk its rings. */
    private long lagRecords() throws IOException, InterruptedException {
        long records = 0;
        for (Object item : admin.exports()) {
            records += ((JsonObject) item).getLong("lag_records");
        }
        return records;
    }

    /** Bytes between position and tail, by export. */
    public Map<String, Long> lagBytes() throws IOException, InterruptedException {
        Map<String, Long> lags = new TreeMap<>();
        for (Object item : admin.exports()) {
            JsonObject row = (JsonObject) item;
            lags.merge(row.getString("export"), row.getLong("lag_bytes"), Math::max);
        }
        return lags;
    }

    /** The sum of a family's samples on the page of metrics; 0 when there are none. */
    public double metric(String family) throws IOException, InterruptedException {
        return admin.metrics()
                .lines()
                .filter(line -> line.startsWith(family + "{") || line.startsWith(family + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** The child, for those who watch it closer. */
    public ChildJvm child() {
        return child;
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public ProcessHandle handle() {
        return child.handle();
    }

    @Override
    public void close() {
        child.close();
    }
}
