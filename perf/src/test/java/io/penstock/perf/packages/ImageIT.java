package io.penstock.perf.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The image, read by skopeo, unpacked by umoci, and run by runc as a cluster would: no root,
 * nothing to write to but volumes.
 */
class ImageIT {
    private static final int USER = 10001;

    private static Path directory = Path.of("");

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
        Path state = Files.createDirectories(directory.resolve("state"));
        Path configuration = Files.createDirectories(directory.resolve("configuration"));
        Files.writeString(
                configuration.resolve("gateway.yaml"),
                InstalledNode.configuration("/var/lib/penstock") + "access: {anonymous: push}\n");
        here.well("chown", USER + ":" + USER, state.toString());
        restrict(directory.resolve("bundle/config.json"), state, configuration);
        ProcessBuilder run = here.builder("runc", "--root", "runc", "run", "-b", "bundle", "node");
        try (InstalledNode node = new InstalledNode(run, state)) {
            node.ready().takesAPush();
            node.stops();
        } finally {
            here.run("runc", "--root", "runc", "delete", "--force", "node");
        }
    }

    /** Root file system read-only, volumes, this network; all else as the image says. */
    private static void restrict(Path file, Path state, Path configuration) throws Exception {
        JsonObject config = new JsonObject(Files.readString(file));
        JsonObject process = config.getJsonObject("process");
        assertThat(process.getJsonObject("user").getInteger("uid")).isEqualTo(USER);
        assertThat(process.getJsonArray("args"))
                .containsExactly(
                        "/usr/bin/penstock", "run", "--config", "/etc/penstock/gateway.yaml");
        process.put("terminal", false).put("noNewPrivileges", true);
        process.put("capabilities", new JsonObject());
        process.getJsonArray("env").add("PENSTOCK_OPTS=-Xmx256m");
        config.getJsonObject("root").put("readonly", true);
        JsonArray mounts = config.getJsonArray("mounts");
        mounts.stream()
                .map(JsonObject.class::cast)
                .filter(mount -> mount.getString("type").equals("cgroup"))
                .toList()
                .forEach(mounts::remove);
        mounts.add(bind(state, "/var/lib/penstock", "rw"));
        mounts.add(bind(configuration, "/etc/penstock", "ro"));
        mounts.add(
                new JsonObject()
                        .put("destination", "/tmp")
                        .put("type", "tmpfs")
                        .put("source", "tmpfs"));
        JsonObject linux = config.getJsonObject("linux");
        linux.remove("resources");
        JsonArray kept = new JsonArray();
        for (Object each : linux.getJsonArray("namespaces")) {
            if (!"network".equals(((JsonObject) each).getString("type"))
                    && !"cgroup".equals(((JsonObject) each).getString("type"))) {
                kept.add(each);
            }
        }
        linux.put("namespaces", kept);
        Files.writeString(file, config.encode());
    }

    private static JsonObject bind(Path source, String destination, String mode) {
        return new JsonObject()
                .put("destination", destination)
                .put("type", "bind")
                .put("source", source.toString())
                .put("options", new JsonArray(List.of("rbind", mode)));
    }
}
