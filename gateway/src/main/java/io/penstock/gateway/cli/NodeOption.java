package io.penstock.gateway.cli;

import io.penstock.exporter.storage.LockedException;
import io.penstock.gateway.boot.DataDirectory;
import io.penstock.gateway.boot.NodeFile;
import io.penstock.gateway.boot.StartException;
import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.config.GatewayConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which node a verb is about: a live one by its admin port, or a stopped one by its data directory.
 */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class NodeOption {
    @Mixin private ConfigOption config;
    @Mixin private TlsOption tls;
    @Mixin private KeyOption key;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = {
                "Data directory of the node; default: node.data_dir of the configuration.",
                "When a process holds it, its admin port is asked instead."
            })
    private @Nullable Path dataDirectory;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = {
                "Admin port of a live node; then no data directory is looked at.",
                "https:// before it is --tls."
            })
    private @Nullable String admin;

    /** What to do with the one or the other. */
    public interface Visitor<T> {
        /** A live one, by its admin port. */
        T live(AdminClient client) throws Exception;

        /** A stopped one, by its files. */
        T stopped(StoppedNode node) throws Exception;
    }

    /** Finds out which node is meant, and lets it be visited. */
    public <T> T visit(Visitor<T> visitor) throws Exception {
        if (admin != null) {
            return visitor.live(new AdminClient(admin, tls.of(admin), key.authorization()));
        }
        GatewayConfig read = config.load();
        Path root = dataDirectory == null ? read.node().dataDir() : dataDirectory;
        if (!Files.isDirectory(root)) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "there is no data directory "
                            + root
                            + "; name it with --data-dir or --config, or a live node with --admin");
        }
        DataDirectory opened;
        try {
            opened = DataDirectory.open(root, "a verb of the command line");
        } catch (StartException refused) {
            if (refused.getCause() instanceof LockedException) {
                return visitor.live(client(holder(root), read));
            }
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(refused.getMessage()));
        }
        try (StoppedNode node = new StoppedNode(opened, read)) {
            return visitor.stopped(node);
        }
    }

    private AdminClient client(String address, GatewayConfig read) {
        return new AdminClient(
                address,
                AdminClient.isTls(address)
                        ? tls.assumed(read.admin().tls().certFile())
                        : tls.asked(),
                key.authorization());
    }

    private static String holder(Path root) {
        return NodeFile.read(root)
                .map(NodeFile::admin)
                .filter(address -> !address.isEmpty())
                .orElseThrow(
                        () ->
                                new CommandFailure(
                                        ExitCode.UNREACHABLE,
                                        root
                                                + " is in use by a process that does not listen"
                                                + " (yet); try again"));
    }
}
