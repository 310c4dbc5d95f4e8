package io.penstock.gateway.cli;

import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.config.ReferenceYaml;
import io.penstock.gateway.tls.TlsPorts;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock validate}. */
@Command(
        name = "validate",
        description = "Reads a configuration and names everything that is wrong with it.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ValidateCommand implements Callable<Integer> {
    @Mixin private ConfigOption config;
    @Mixin private OutputOption output;
    @Spec private CommandSpec spec;

    @Option(
            names = "--reference",
            description = "Prints every key with its default and reason instead.")
    private boolean reference;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (reference) {
            out.print(new ReferenceYaml(SinkRegistry.onClassPath()).write());
            out.flush();
            return ExitCode.OK;
        }
        GatewayConfig valid = config.load();
        List<String> faults =
                TlsPorts.faults(valid.ingress().tls(), valid.admin().tls(), valid.cluster().tls());
        if (!faults.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION,
                    "the configuration is faulty\n" + String.join("\n", faults));
        }
        JsonObject result =
                new JsonObject()
                        .put("valid", true)
                        .put("config", config.label())
                        .put("node", valid.node().id())
                        .put("exports", valid.exports().size());
        output.show(out, result, to -> print(valid, to));
        return ExitCode.OK;
    }

    private void print(GatewayConfig valid, PrintWriter out) {
        out.printf(
                "%s: valid; node %s, data port %s:%d, admin port %s:%d, %d exports%n",
                config.label(),
                valid.node().id(),
                valid.ingress().host(),
                valid.ingress().port(),
                valid.admin().host(),
                valid.admin().port(),
                valid.exports().size());
    }
}
