package io.penstock.gateway.docs;

import io.penstock.gateway.docs.Page.Block;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of a page's shell, block behind block in one bash, in a directory that looks like an
 * unpacked Penstock: the launcher as it is, conf as it is, and the classes of this build in lib.
 *
 * <p>Ports are those of the page. So that they are free, and nothing is reached that the page does
 * not start, the shell has a network of its own where the kernel gives one; else this machine's.
 */
final class PageRun {
    /** What a page's own network takes. */
    private static final List<String> OWN_NETWORK = List.of("unshare", "-rn");

    private static final String LOOPBACK_UP = "ip link set lo up\n";
    private static final long WAIT_S = 90;

    /** Stands before the number of a block's line, on a line of its own. */
    private static final String MARK = "\u001e";

    /** Whatever happens, what a page leaves running ends with it. */
    private static final String PRELUDE =
            """
            set -eu -o pipefail
            trap 'kill -9 $(jobs -p) 2> /dev/null || true; wait || true' EXIT
            """;

    private final Path directory;
    private final boolean ownNetwork;

    PageRun(Path directory, boolean ownNetwork) {
        this.directory = directory;
        this.ownNetwork = ownNetwork;
    }

    /**
     * How it went.
     *
     * @param said by line of the block, what its commands said
     * @param lastLine of the block that ran last
     */
    record Result(int exitCode, Map<Integer, String> said, int lastLine) {}

    /** Whether this machine gives a process a network of its own. */
    static boolean networksAreGiven() throws InterruptedException {
        return ends(OWN_NETWORK, "bash", "-c", LOOPBACK_UP);
    }

    /** Whether a command can be run here. */
    static boolean isThere(String command) throws InterruptedException {
        return ends(List.of(), "sh", "-c", "command -v " + command);
    }

    private static boolean ends(List<String> prefix, String... command)
            throws InterruptedException {
        try {
            return new ProcessBuilder(
                                    Stream.concat(prefix.stream(), Arrays.stream(command)).toList())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    Result run(Page page) throws IOException, InterruptedException {
        install();
        Path script = directory.resolve(".page.sh");
        Files.writeString(script, script(page));
        Path output = outputOf(page);
        Process bash = start(script, output);
        try {
            if (!bash.waitFor(WAIT_S, TimeUnit.SECONDS)) {
                throw new AssertionError(page + " does not end; said " + Files.readString(output));
            }
        } finally {
            bash.descendants().forEach(ProcessHandle::destroyForcibly);
            bash.destroyForcibly();
        }
        return result(bash.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    /** Where it can be read afterwards what a page said. */
    private static Path outputOf(Page page) throws IOException {
        Path outputs = Files.createDirectories(Path.of("target", "pages"));
        return outputs.resolve(page.path().replace('/', '_') + ".txt").toAbsolutePath();
    }

    private Process start(Path script, Path output) throws IOException {
        List<String> prefix = ownNetwork ? OWN_NETWORK : List.of();
        List<String> command =
                Stream.concat(prefix.stream(), Stream.of("bash", script.getFileName().toString()))
                        .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        String java = System.getProperty("java.home");
        environment.keySet().removeIf(name -> name.startsWith("PENSTOCK_"));
        environment.put("JAVA_HOME", java);
        environment.put("PATH", java + "/bin:" + environment.get("PATH"));
        environment.put("HOME", directory.toString());
        environment.put("JAVA_OPTS", "-Xms32m -Xmx200m -XX:TieredStopAtLevel=1");
        return builder.start();
    }

    private String script(Page page) {
        StringBuilder script = new StringBuilder(PRELUDE);
        if (ownNetwork) {
            script.append(LOOPBACK_UP);
        }
        for (Block block : page.blocks()) {
            if (block.isFile()) {
                script.append("mkdir -p \"$(dirname '").append(block.name()).append("')\"\n");
                script.append("cat > '").append(block.name()).append("' <<'END OF BLOCK'\n");
                script.append(block.content()).append("END OF BLOCK\n");
            } else if (block.isShell()) {
                script.append("printf '\\n\\036%s\\n' ").append(block.line()).append('\n');
                script.append(block.content());
            }
        }
        return script.toString();
    }

    private static Result result(int exitCode, String output) {
        Map<Integer, String> said = new TreeMap<>();
        int line = 0;
        for (String part : output.split(MARK, -1)) {
            int end = part.indexOf('\n');
            if (line == 0 && said.isEmpty()) {
                said.put(0, part);
                line = -1;
            } else {
                line = Integer.parseInt(part.substring(0, end));
                said.put(line, part.substring(end + 1));
            }
        }
        return new Result(exitCode, said, Math.max(0, line));
    }

    private void install() throws IOException {
        Files.createDirectories(directory.resolve("lib"));
        Files.createDirectories(directory.resolve("conf"));
        Path launcher = Files.copy(Page.ROOT.resolve("penstock"), directory.resolve("penstock"));
        if (!launcher.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + launcher + " executable");
        }
        try (Stream<Path> files = Files.list(Page.ROOT.resolve("conf"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, directory.resolve("conf").resolve(file.getFileName()));
            }
        }
        classPath(directory.resolve("lib/penstock.jar"));
    }

    /** A jar that stands for the class path of this test; javac wants paths and no URLs there. */
    private static void classPath(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toAbsolutePath())
                        .map(entry -> entry + (Files.isDirectory(entry) ? "/" : ""))
                        .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }
}
