package io.penstock.perf.side;

import java.nio.file.Path;
import java.util.List;

/**
 * How a gateway under load is set up.
 *
 * @param directory its data, its configuration, its log; empty at the start
 * @param exports an item of the configuration's {@code exports} each, in YAML
 * @param ringMaxBytes disk budget of a repo, as in the configuration
 * @param sections more sections of the configuration, in YAML; may be empty
 * @param tls the key {@code ingress.tls} in flow style
 */
public record GatewaySettings(
        Path directory, List<String> exports, String ringMaxBytes, String sections, String tls) {
    /** The repo that is loaded, and that the exports name. */
    public static final String REPO = "load";

    /** The list is fixed. */
    public GatewaySettings {
        exports = List.copyOf(exports);
    }

    /** Without more sections. */
    public GatewaySettings(Path directory, List<String> exports, String ringMaxBytes) {
        this(directory, exports, ringMaxBytes, "");
    }

    /** Without TLS. */
    public GatewaySettings(
            Path directory, List<String> exports, String ringMaxBytes, String sections) {
        this(directory, exports, ringMaxBytes, sections, "{}");
    }

    /** The same with TLS on the data port. */
    public GatewaySettings withTls(String other) {
        return new GatewaySettings(directory, exports, ringMaxBytes, sections, other);
    }

    /** One export of every repo to one sink. */
    public static GatewaySettings oneSink(Path directory, SinkKind sink, int httpPort) {
        String target = sink.yaml(directory, httpPort);
        String export = "{name: %s, repo: %s, sink: %s}".formatted(sink.word(), REPO, target);
        return new GatewaySettings(directory, List.of(export), "1GiB");
    }

    String yaml(int port, int adminPort) {
        StringBuilder exportItems = new StringBuilder();
        exports.forEach(item -> exportItems.append("  - ").append(item).append('\n'));
        return """
                node: {id: under-load, data_dir: '%s'}
                ingress: {host: 127.0.0.1, port: %d, tls: %s}
                admin: {host: 127.0.0.1, port: %d}
                ring: {max_bytes: %s}
                exports:
                %s%s"""
                .formatted(
                        directory.resolve("data"),
                        port,
                        tls,
                        adminPort,
                        ringMaxBytes,
                        exportItems,
                        sections);
    }
}
