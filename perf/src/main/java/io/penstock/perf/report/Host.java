package io.penstock.perf.report;

import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where and how numbers were taken.
 *
 * @param facts name and value, in the order to show them
 */
public record Host(Map<String, Object> facts) {
    /** This machine, now. */
    public static Host here(Cores cores, JvmOptions options, String command) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("cpu", cpu());
        facts.put("cpus", cpus());
        facts.put("serverCpus", cores.pinned() ? cores.servers() : "any");
        facts.put("loaderCpus", cores.pinned() ? cores.loader() : "any");
        facts.put("java", System.getProperty("java.vm.version"));
        facts.put("jvm", System.getProperty("java.vm.name"));
        facts.put("serverOptions", String.join(" ", options.options()));
        facts.put("command", command);
        return new Host(facts);
    }

    private static String cpu() {
        return fromCpuInfo("model name", System.getProperty("os.arch"));
    }

    private static int cpus() {
        // not availableProcessors: this process may be pinned to a part of them
        try {
            return (int)
                    Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                            .filter(line -> line.startsWith("processor"))
                            .count();
        } catch (IOException e) {
            return Runtime.getRuntime().availableProcessors();
        }
    }

    private static String fromCpuInfo(String name, String otherwise) {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
