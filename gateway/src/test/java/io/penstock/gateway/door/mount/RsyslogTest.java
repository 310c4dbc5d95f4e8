package io.penstock.gateway.door.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.exporter.sink.web.ServerProcess;
import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.door.OpenDoor;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.loopback.FreePorts;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonObject;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real rsyslog whose omelasticsearch is pointed at the door. */
class RsyslogTest {
    private static final int LINES = 500;

    @TempDir Path directory;
    private final OpenDoor door = new OpenDoor(lane -> new Doors(lane, DoorsConfig.DEFAULT));

    @AfterEach
    void close() {
        door.close();
    }

    private String config(int port, int syslogPort) {
        return """
        global(workDirectory="%1$s")
        module(load="imudp")
        module(load="omelasticsearch")
        input(type="imudp" address="127.0.0.1" port="%2$d")
        template(name="line" type="list" option.jsonf="on") {
          property(outname="message" name="msg" format="jsonf")
          property(outname="host" name="hostname" format="jsonf")
          property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
        }
        action(type="omelasticsearch" server="127.0.0.1" serverport="%3$d" template="line"
               searchIndex="syslog" searchType="" bulkmode="on" retryfailures="on"
               errorfile="%1$s/errors"
               action.resumeRetryCount="-1" action.resumeInterval="1"
               queue.type="LinkedList" queue.dequeueBatchSize="100")
        """
                .formatted(directory, syslogPort, port);
    }

    @Test
    void everyLineArrivesAlsoThoseThatFoundNoRoomAtFirst() throws Exception {
        String program = ServerProcess.program("rsyslogd");
        try (Stream<Path> found = Files.walk(Path.of("/usr/lib"), 3)) {
            assumeTrue(
                    found.anyMatch(path -> path.endsWith("rsyslog/omelasticsearch.so")),
                    "rsyslog-elasticsearch is not installed");
        }
        int syslogPort = FreePorts.one();
        Path config = directory.resolve("rsyslog.conf");
        Files.writeString(config, config(URI.create(door.url()).getPort(), syslogPort));
        door.port().intake().refuse(new Refusal.Full(new RepoName("syslog"), 10, "no room"));
        Process process =
                new ProcessBuilder(
                                program,
                                "-n",
                                "-f",
                                config.toString(),
                                "-i",
                                directory.resolve("pid").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        try {
            Set<String> seen = new HashSet<>();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
            try (DatagramSocket socket = new DatagramSocket()) {
                // UDP tells nobody whether the server listens yet, so lines are sent until seen.
                while (seen.size() < LINES && System.nanoTime() < deadline) {
                    send(socket, syslogPort, seen);
                    if (door.port().node().http().requests() > 0) {
                        door.port().intake().refuse(null);
                    }
                    TimeUnit.MILLISECONDS.sleep(200);
                    said().forEach(each -> seen.add(number(each.getString("message"))));
                }
            }
            assertThat(seen).as(Files.readString(directory.resolve("log"))).hasSize(LINES);
            // of single lines that it has to send again it may have forgotten from whom they are
            assertThat(said())
                    .filteredOn(each -> each.getString("host").equals("box"))
                    .hasSizeGreaterThan(LINES / 2);
        } finally {
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        DataPort.awaitUntil("nothing open", () -> door.port().node().http().openCalls() == 0);
    }

    /** What was sent to it; it may have things of its own to say. */
    private List<JsonObject> said() {
        return door.records("syslog").stream()
                .filter(each -> each.getString("message").contains("say"))
                .toList();
    }

    private static String number(String message) {
        return message.replaceAll("\\D", "");
    }

    private static void send(DatagramSocket socket, int port, Set<String> seen) throws Exception {
        for (int n = 0; n < LINES; n++) {
            if (!seen.contains(Integer.toString(n))) {
                byte[] line =
                        ("<13>Nov 26 10:00:00 box app: say \"" + n + "\"")
                                .getBytes(StandardCharsets.UTF_8);
                socket.send(
                        new DatagramPacket(
                                line, line.length, InetAddress.getLoopbackAddress(), port));
            }
        }
    }
}
