package io.penstock.perf.cli;

import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every measurement: who runs where, with what, and where the files lie. */
final class CoresOption {
    @Option(
            names = "--server-cpus",
            paramLabel = "LIST",
            description =
                    "CPUs of the servers, as taskset takes them; default: 0 where there are two.")
    private @Nullable String serverCpus;

    @Option(
            names = "--loader-cpus",
            paramLabel = "LIST",
            description = "CPUs of the loader; default: the others.")
    private @Nullable String loaderCpus;

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description =
                    "One more option for the servers' JVMs, after the launcher's; repeatable.")
    private final List<String> jvm = new ArrayList<>();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".penstock/bench",
            description = "Room for the data of gateways; default: ${DEFAULT-VALUE}.")
    private Path directory = Path.of(".penstock", "bench");

    Cores cores() {
        Cores split = Cores.split();
        if (serverCpus == null && loaderCpus == null) {
            return split;
        }
        return new Cores(
                serverCpus == null ? split.servers() : serverCpus,
                loaderCpus == null ? split.loader() : loaderCpus);
    }

    JvmOptions options() {
        return JvmOptions.launcher().with(jvm);
    }

    Path directory() {
        return directory;
    }
}
