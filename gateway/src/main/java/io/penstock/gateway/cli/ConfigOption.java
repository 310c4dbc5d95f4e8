package io.penstock.gateway.cli;

import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.GatewayConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}, for every verb that reads a configuration. */
public final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "PATH",
            description = {
                "A YAML file, or a directory of them.",
                "Without it: the defaults, as in conf/gateway.yaml."
            })
    private @Nullable Path path;

    private final ConfigLoader loader =
            new ConfigLoader(SinkRegistry.onClassPath(), System::getenv);

    /** The configuration, or a failure that names everything wrong with it. */
    public GatewayConfig load() {
        try {
            return path == null ? loader.parse("defaults", "") : loader.load(path);
        } catch (ConfigException faulty) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION, "the configuration is faulty\n" + faulty.getMessage());
        }
    }

    /** What read it. */
    public ConfigLoader loader() {
        return loader;
    }

    /** How the configuration is called in messages. */
    public String label() {
        return path == null ? "the built-in defaults" : path.toString();
    }
}
