package io.penstock.perf.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The image, read by skopeo, unpacked by umoci, and run by runc as a cluster would: no root,
 * nothing to write to but volumes.
 */
class ImageIT {
    private static final int USER = 10001;
    private static final long DEADLINE_S = 60;

    private static Path directory = Path.of("");
    private static JsonObject config = new JsonObject();

    private static void mayRun() {
        assumeTrue(Files.exists(Packed.image()), "no image was built (root, mmdebstrap): skipped");
        assumeTrue(
                List.of("skopeo", "umoci", "runc").stream().allMatch(Program::isThere),
                "skopeo, umoci or runc is missing: skipped");
    }

    @BeforeAll
    static void unpack() throws Exception {
        mayRun();
        directory = Files.createTempDirectory("penstock");
        Program here = Program.in(directory);
        String archive = "oci-archive:" + Packed.image();
        String[] copy = {"skopeo", "--insecure-policy", "copy", "--quiet"};
        here.well(copy[0], copy[1], copy[2], copy[3], archive, "oci:layout:penstock");
        here.well("umoci", "unpack", "--image", "layout:penstock", "bundle");
        config = new JsonObject(Files.readString(directory.resolve("bundle/config.json")));
    }

    @AfterAll
    static void delete() throws Exception {
        // by a program that knows nothing of links that lead out of the directory
        if (directory.isAbsolute()) {
            Program.in(Path.of("/")).well("rm", "-rf", directory.toString());
        }
    }

    @Test
    void servesItsProbesAndTakesAPush() throws Exception {
        Program here = Program.in(directory);
        Path state = volume("state");
        Path configuration = volume("configuration");
        Files.writeString(
                configuration.resolve("gateway.yaml"),
                InstalledNode.configuration("/var/lib/penstock") + "access: {anonymous: push}\n");
        JsonObject restricted = restricted(state);
        restricted.getJsonArray("mounts").add(bind(configuration, "/etc/penstock", "ro"));
        keepNamespaces(restricted, "network", "cgroup");
        try (InstalledNode node = new InstalledNode(run(restricted, "node"), state)) {
            node.ready().takesAPush();
            node.stops();
        } finally {
            here.run("runc", "--root", "runc", "delete", "--force", "node");
        }
    }

    /**
     * With the configuration that it brings, on a network of its own, by the check that it names.
     */
    @Test
    void isHealthyByItself() throws Exception {
        Program here = Program.in(directory);
        JsonObject restricted = restricted(volume("own state"));
        keepNamespaces(restricted, "cgroup");
        Process node = run(restricted, "own").redirectErrorStream(true).start();
        try {
            List<String> check = new ArrayList<>(List.of("runc", "--root", "runc", "exec", "own"));
            String archive = "oci-archive:" + Packed.image();
            new JsonObject(here.well("skopeo", "inspect", "--config", "--raw", archive))
                            .getJsonObject("config")
                            .getJsonObject("Healthcheck")
                            .getJsonArray("Test")
                            .stream()
                            .skip(1) // CMD
                            .forEach(word -> check.add(word.toString()));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
            while (here.run(check.toArray(new String[0])).code() != 0) {
                assertThat(node.isAlive()).isTrue();
                assertThat(System.nanoTime()).as("not healthy in time").isLessThan(end);
            }
        } finally {
            here.run("runc", "--root", "runc", "delete", "--force", "own");
            node.destroyForcibly().waitFor();
        }
    }

    private static Path volume(String name) throws Exception {
        Path volume = Files.createDirectories(directory.resolve(name));
        Program.in(directory).well("chown", USER + ":" + USER, volume.toString());
        return volume;
    }

    private static ProcessBuilder run(JsonObject restricted, String name) throws Exception {
        Files.writeString(directory.resolve("bundle/config.json"), restricted.encode());
        return Program.in(directory).builder("runc", "--root", "runc", "run", "-b", "bundle", name);
    }

    /** Root file system read-only, nothing that may be gained; all else as the image says. */
    private static JsonObject restricted(Path state) {
        JsonObject restricted = config.copy();
        JsonObject process = restricted.getJsonObject("process");
        assertThat(process.getJsonObject("user").getInteger("uid")).isEqualTo(USER);
        assertThat(process.getJsonArray("args"))
                .containsExactly(
                        "/usr/bin/penstock", "run", "--config", "/etc/penstock/gateway.yaml");
        process.put("terminal", false).put("noNewPrivileges", true);
        process.put("capabilities", new JsonObject());
        restricted.getJsonObject("root").put("readonly", true);
        JsonArray mounts = new JsonArray();
        for (Object mount : restricted.getJsonArray("mounts")) {
            if (!"cgroup".equals(((JsonObject) mount).getString("type"))) {
                mounts.add(mount);
            }
        }
        mounts.add(bind(state, "/var/lib/penstock", "rw"));
        mounts.add(
                new JsonObject()
                        .put("destination", "/tmp")
                        .put("type", "tmpfs")
                        .put("source", "tmpfs"));
        restricted.put("mounts", mounts).getJsonObject("linux").remove("resources");
        return restricted;
    }

    private static void keepNamespaces(JsonObject restricted, String... butFor) {
        JsonArray kept = new JsonArray();
        for (Object each : restricted.getJsonObject("linux").getJsonArray("namespaces")) {
            if (!List.of(butFor).contains(((JsonObject) each).getString("type"))) {
                kept.add(each);
            }
        }
        restricted.getJsonObject("linux").put("namespaces", kept);
    }

    private static JsonObject bind(Path source, String destination, String mode) {
        return new JsonObject()
                .put("destination", destination)
                .put("type", "bind")
                .put("source", source.toString())
                .put("options", new JsonArray(List.of("rbind", mode)));
    }
}
