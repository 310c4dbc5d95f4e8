package io.penstock.gateway.cli;

import io.penstock.exporter.ring.RingConfig;
import io.penstock.exporter.ring.RingEnvironment;
import io.penstock.exporter.ring.tool.DumpOptions;
import io.penstock.exporter.ring.tool.RingInspector;
import io.penstock.exporter.ring.tool.RingListing;
import io.penstock.exporter.ring.tool.RingRepair;
import io.penstock.exporter.ring.tool.VerifyReport;
import io.penstock.exporter.stage.RepoDirectories;
import io.penstock.exporter.storage.DiskBudget;
import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.LockedException;
import io.penstock.gateway.boot.DataDirectory;
import io.penstock.gateway.boot.NodeFile;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.Progress;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock ring}. */
@Command(
        name = "ring",
        description = {
            "Looks at the files of rings, or puts them right.",
            "All but repair change nothing and may be used beside a node that runs."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class RingCommand implements Runnable {
    @Spec private CommandSpec spec;

    /** Whose rings. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class Which {
        @Mixin private ConfigOption config;
        @Mixin private OutputOption output;

        @Option(
                names = "--data-dir",
                paramLabel = "DIR",
                description = "Data directory; default: node.data_dir of the configuration.")
        private @Nullable Path dataDirectory;

        @Option(
                names = "--repo",
                paramLabel = "REPO",
                description = "Only this repo; default: all.")
        private @Nullable String repo;

        private Path root(GatewayConfig read) {
            return dataDirectory == null ? read.node().dataDir() : dataDirectory;
        }

        /** The repos that are meant, which there are. */
        private List<RepoName> repos(RepoDirectories directories) throws IOException {
            List<RepoName> known = directories.known();
            if (repo == null) {
                return known;
            }
            List<RepoName> one = known.stream().filter(k -> k.value().equals(repo)).toList();
            if (one.isEmpty()) {
                throw new CommandFailure(ExitCode.FAILED, "there is no repo '" + repo + "' here");
            }
            return one;
        }
    }

    /** Something done with each of the rings. */
    @FunctionalInterface
    private interface EachRing {
        JsonObject apply(RepoName repo, Path directory, Progress progress) throws IOException;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "ring what?");
    }

    @Command(
            name = "ls",
            description = "Lists segments, cursors and positions.",
            mixinStandardHelpOptions = true)
    int list(@Mixin Which which) throws IOException {
        each(
                which,
                "listed",
                (repo, directory, progress) -> {
                    RingListing listing = inspector(directory).list();
                    if (which.output.isTable()) {
                        progress.print(() -> RingPrinter.print(repo, listing, out()));
                    }
                    return RingPrinter.json(repo, listing);
                });
        return ExitCode.OK;
    }

    @Command(
            name = "verify",
            description = "Checks every file and entry; exits with 1 on damage.",
            mixinStandardHelpOptions = true)
    int verify(@Mixin Which which) throws IOException {
        boolean[] sound = {true};
        each(
                which,
                "verified",
                (repo, directory, progress) -> {
                    VerifyReport report = inspector(directory).verify();
                    sound[0] &= report.isSound();
                    if (which.output.isTable()) {
                        progress.print(() -> RingPrinter.print(repo, report, out()));
                    }
                    return RingPrinter.json(repo, report);
                });
        return sound[0] ? ExitCode.OK : ExitCode.FAILED;
    }

    @Command(
            name = "dump",
            description = "Shows entries, one a line.",
            mixinStandardHelpOptions = true)
    int dump(
            @Mixin Which which,
            @Option(
                            names = "--from",
                            paramLabel = "POSITION",
                            defaultValue = "0",
                            description = "First position.")
                    long from,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "Entries of a ring at most; default: ${DEFAULT-VALUE}.")
                    long limit,
            @Option(names = "--bodies", description = "Shows the records too.") boolean bodies)
            throws IOException {
        if (from < 0 || limit < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--from must be 0 or more, --limit 1 or more");
        }
        DumpOptions options = new DumpOptions(from, limit, bodies);
        RingPrinter printer = new RingPrinter(out());
        each(
                which,
                "dumped",
                (repo, directory, progress) -> {
                    JsonArray entries = new JsonArray();
                    RingListing ring = inspector(directory).list();
                    long first = Math.max(from, ring.tail());
                    double span = (double) Math.max(1, ring.head() - first);
                    inspector(directory)
                            .dump(
                                    options,
                                    entry -> {
                                        progress.part((entry.position() - first) / span);
                                        if (which.output.isTable()) {
                                            progress.print(() -> printer.print(repo, entry));
                                        } else {
                                            entries.add(printer.json(entry));
                                        }
                                    });
                    return new JsonObject().put("repo", repo.value()).put("entries", entries);
                });
        return ExitCode.OK;
    }

    @Command(
            name = "repair",
            description = {
                "Puts rings right, as the next start would: pads holes, puts damaged files out of"
                        + " the way.",
                "Needs a stopped node. Exits with 1 when damage remains."
            },
            mixinStandardHelpOptions = true)
    int repair(
            @Mixin Which which,
            @Option(
                            names = "--rebuild",
                            description = "Distrusts the snapshot and counts everything anew.")
                    boolean rebuild)
            throws IOException {
        GatewayConfig read = which.config.load();
        Path root = which.root(read);
        // repairs run in the calling thread: nothing is made ahead of writers that are not there
        RingEnvironment environment =
                RingEnvironment.of(Runnable::run, new DiskBudget(Long.MAX_VALUE));
        RingRepair repair = new RingRepair(DataDirectory.lockOf(root), sizes(read), environment);
        boolean[] sound = {true};
        each(
                which,
                "repaired",
                (repo, directory, progress) -> {
                    RingRepair.Result result = run(repair, root, directory, rebuild);
                    sound[0] &= result.after().isSound();
                    if (which.output.isTable()) {
                        progress.print(() -> RingPrinter.print(repo, result, out()));
                    }
                    return RingPrinter.json(repo, result);
                });
        return sound[0] ? ExitCode.OK : ExitCode.FAILED;
    }

    private static RingRepair.Result run(
            RingRepair repair, Path root, Path directory, boolean rebuild) throws IOException {
        try {
            return repair.run(directory, rebuild);
        } catch (LockedException inUse) {
            String who = NodeFile.read(root).map(NodeFile::toString).orElse("another process");
            throw new CommandFailure(
                    ExitCode.FAILED, root + " is in use by " + who + "; stop it first");
        }
    }

    private static RingConfig sizes(GatewayConfig read) {
        return new RingConfig(
                read.ring().segmentBytes(),
                read.ring().residentBytes(),
                read.ring().maxBytes(),
                read.ring().maxProducers());
    }

    private void each(Which which, String deed, EachRing action) throws IOException {
        Path root = which.root(which.config.load());
        if (!Files.isDirectory(root)) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "there is no data directory " + root + "; name it with --data-dir or --config");
        }
        RepoDirectories directories = new RepoDirectories(DataDirectory.reposUnder(root));
        List<RepoName> repos = which.repos(directories);
        long total = 0;
        for (RepoName repo : repos) {
            total += bytesOf(directories.ringOf(repo));
        }
        JsonArray rings = new JsonArray();
        try (Progress progress = Progress.onErr(deed, total, Amounts::bytes)) {
            long done = 0;
            for (RepoName repo : repos) {
                Path directory = directories.ringOf(repo);
                long bytes = bytesOf(directory);
                progress.detail(repo.value());
                progress.begin(done, bytes);
                rings.add(action.apply(repo, directory, progress));
                done += bytes;
            }
        }
        if (!which.output.isTable()) {
            which.output.write(out(), new JsonObject().put("rings", rings));
        } else if (rings.isEmpty()) {
            out().println("(none)");
        }
        out().flush();
    }

    /** What lies in a ring's directory itself; what cannot be looked at counts for nothing. */
    private static long bytesOf(Path directory) {
        File[] files = directory.toFile().listFiles(File::isFile);
        return files == null ? 0 : Arrays.stream(files).mapToLong(File::length).sum();
    }

    private static RingInspector inspector(Path directory) {
        return new RingInspector(new DiskStorage(), directory);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
