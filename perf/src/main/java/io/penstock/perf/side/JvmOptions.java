package io.penstock.perf.side;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a child JVM is started; the same for both sides. The defaults are those of the launcher for
 * {@code penstock run}.
 *
 * @param options options of the JVM
 */
public record JvmOptions(List<String> options) {
    /** What the launcher puts beside its file where nobody names a collector. */
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    /** The list is fixed. */
    public JvmOptions {
        options = List.copyOf(options);
    }

    /**
     * As the launcher starts a gateway: the options of {@code conf/jvm.options}, and its collector.
     */
    public static JvmOptions launcher() {
        Path file = Path.of(System.getProperty("penstock.home", ".."), "conf", "jvm.options");
        List<String> options = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    options.add(line.strip());
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        options.add(COLLECTOR);
        return new JvmOptions(options);
    }

    /** With more; what comes later wins, and another collector takes the place of ours. */
    public JvmOptions with(List<String> more) {
        List<String> all = new ArrayList<>(options);
        if (more.stream().anyMatch(each -> each.matches("-XX:\\+Use\\w+GC"))) {
            all.remove(COLLECTOR);
        }
        all.addAll(more);
        return new JvmOptions(all);
    }

    /** The command that runs a main class of this class path, tied to this process. */
    List<String> command(Class<?> main, List<String> arguments) {
        return command(classPath(), main.getName(), arguments);
    }

    /** The same for another class path, which has {@link TiedMain} on it. */
    List<String> command(String path, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        String logback = System.getProperty("logback.configurationFile");
        if (logback != null) {
            command.add("-Dlogback.configurationFile=" + logback);
        }
        command.add("-cp");
        command.add(path);
        command.add(TiedMain.class.getName());
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    /** The class path of this process. */
    public static String classPath() {
        // surefire keeps the real class path here when it starts tests from a manifest jar
        String tests = System.getProperty("surefire.test.class.path");
        String path = tests == null ? System.getProperty("java.class.path") : tests;
        return path.replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
    }
}
