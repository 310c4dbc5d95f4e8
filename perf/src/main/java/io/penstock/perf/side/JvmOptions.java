package io.penstock.perf.side;

import java.io.File;
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
    private static final List<String> LAUNCHER =
            List.of(
                    "-Xms256m",
                    "-Xmx512m",
                    "-XX:MaxDirectMemorySize=256m",
                    "-XX:+UseSerialGC",
                    "-XX:SurvivorRatio=6",
                    "-XX:MetaspaceSize=64m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:+IgnoreUnrecognizedVMOptions",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /** The list is fixed. */
    public JvmOptions {
        options = List.copyOf(options);
    }

    /** As the launcher starts a gateway. */
    public static JvmOptions launcher() {
        return new JvmOptions(LAUNCHER);
    }

    /** With more; what comes later wins. */
    public JvmOptions with(List<String> more) {
        List<String> all = new ArrayList<>(options);
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
