package io.penstock.gateway.boot;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of 256 KiB, in memory; only where the system lets us mount one. */
record SmallDisk(Path path) implements AutoCloseable {

    static SmallDisk mount(Path path) throws IOException {
        Files.createDirectories(path);
        boolean mounted =
                run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", path.toString()) == 0;
        assumeTrue(mounted, "no right to mount a small disk");
        return new SmallDisk(path);
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchCommand) {
            return -1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(path.resolve("filler"))) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space")) {
                throw full;
            }
        }
    }

    @Override
    public void close() {
        run("umount", path.toString());
    }
}
