package io.penstock.perf.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A Debian system with a Java and nothing more, in a directory; what runs in it has its own /proc
 * and /dev.
 */
record CleanRoot(Path root) {
    private static final String ENTER =
            "mount -t proc proc \"$0/proc\" && mount --rbind /dev \"$0/dev\""
                    + " && mount -t tmpfs tmpfs \"$0/tmp\" && exec chroot \"$@\"";

    static CleanRoot unpack(Path root) throws IOException, InterruptedException {
        Files.createDirectories(root);
        String[] tar = {"tar", "-xpf", Packed.system().toString(), "--exclude=./dev/*"};
        Program.in(root).well(tar);
        return new CleanRoot(root);
    }

    /** Runs a program of it as its root. */
    Program.Run run(String... command) throws IOException, InterruptedException {
        return inside().run(entered("root", command));
    }

    String well(String... command) throws IOException, InterruptedException {
        Program.Run run = run(command);
        assertThat(run.code()).as(run.output()).isZero();
        return run.output();
    }

    /** Something to start in it as one of its users. */
    ProcessBuilder as(String user, String... command) {
        return inside().builder(entered(user, command));
    }

    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    /** Every path in it but those of the package manager's own books. */
    Set<String> files() throws IOException {
        Set<String> all = new TreeSet<>();
        try (Stream<Path> each = Files.walk(root)) {
            each.map(path -> "/" + root.relativize(path))
                    .filter(path -> !path.startsWith("/var/lib/dpkg/"))
                    .filter(path -> !path.startsWith("/var/log/"))
                    .forEach(all::add);
        }
        return all;
    }

    boolean has(String path) {
        return Files.exists(at(path), LinkOption.NOFOLLOW_LINKS);
    }

    private String[] entered(String user, String... command) {
        String[] start = {
            "unshare",
            "--mount",
            "sh",
            "-c",
            ENTER,
            root.toString(),
            "--userspec=" + user,
            root.toString()
        };
        String[] all = new String[start.length + command.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(command, 0, all, start.length, command.length);
        return all;
    }

    private Program inside() {
        return Program.in(root)
                .with("JAVA_HOME", "")
                .with("DEBIAN_FRONTEND", "noninteractive")
                .with("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    }
}
