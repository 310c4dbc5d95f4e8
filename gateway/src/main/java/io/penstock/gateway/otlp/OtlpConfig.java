package io.penstock.gateway.otlp;

import io.penstock.model.RepoName;
import io.penstock.model.Require;
import io.penstock.model.Setting;

/**
 * How OTLP comes in.
 *
 * <p>Threading: immutable.
 */
public record OtlpConfig(
        @Setting(
                        value = "otlp-{signal}",
                        doc =
                                "Repo of requests that name none. {signal} stands for logs, metrics"
                                        + " or traces.")
                String defaultRepo,
        @Setting(
                        value = "penstock.repo",
                        doc =
                                "Attribute of the resource that names the repo, where the header"
                                        + " x-penstock-repo does not. Empty: none is looked for.")
                String repoAttribute,
        @Setting(
                        value = "false",
                        doc =
                                "Listen on grpc_port and http_port as well, at ingress.host. The data"
                                        + " port takes OTLP in any case.")
                boolean listen,
        @Setting(value = "4317", doc = "Port for OTLP over gRPC; 0 takes a free one.") int grpcPort,
        @Setting(value = "4318", doc = "Port for OTLP over HTTP; 0 takes a free one.")
                int httpPort) {

    private static final String SIGNAL = "{signal}";
    private static final int MAX_PORT = 65_535;

    /** What stands here when the section is left out. */
    public static final OtlpConfig DEFAULT =
            new OtlpConfig("otlp-{signal}", "penstock.repo", false, 4317, 4318);

    /** Checks ranges. */
    public OtlpConfig {
        for (OtlpSignal signal : OtlpSignal.values()) {
            String fault = RepoName.fault(defaultRepo.replace(SIGNAL, signal.word()));
            Require.that(fault.isEmpty(), "default_repo: " + fault);
        }
        port("grpc_port", grpcPort);
        port("http_port", httpPort);
        Require.that(
                !listen || grpcPort != httpPort || grpcPort == 0,
                "http_port: " + httpPort + " is grpc_port, too");
    }

    private static void port(String key, int port) {
        Require.within(key, port, 0, MAX_PORT);
    }

    /** The repo of a signal's requests that name none. */
    String defaultRepo(OtlpSignal signal) {
        return defaultRepo.replace(SIGNAL, signal.word());
    }
}
