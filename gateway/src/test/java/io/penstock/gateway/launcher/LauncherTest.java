package io.penstock.gateway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code penstock}, in a distribution and in a checkout that are made for it. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("../penstock");
    private static final String[] MODULES = {"proto", "exporter", "cluster", "gateway", "perf"};

    @TempDir private Path directory;

    private final Map<String, String> environment = new HashMap<>();

    /** One run of a command; both outputs together. */
    private record Run(int code, String output) {}

    @BeforeEach
    void useThisJava() {
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    private Run run(Path command, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(command.toString());
        builder.command().addAll(Arrays.asList(arguments));
        builder.environment().putAll(environment);
        builder.directory(directory.toFile());
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    private static Path script(Path home) throws IOException {
        Files.createDirectories(home);
        Path script = Files.copy(SCRIPT, home.resolve("penstock"));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    /** A jar that stands for the class path of this test. */
    private static void classPathJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(
                                        System.getProperty("java.class.path")
                                                .split(File.pathSeparator, -1))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        Files.createDirectories(jar.getParent());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    private Path distribution() throws IOException {
        Path home = directory.resolve("a distribution");
        classPathJar(home.resolve("lib/classpath.jar"));
        return script(home.resolve("bin"));
    }

    @Test
    void runsFromADistributionWithSpacesInItsPath() throws Exception {
        Run version = run(distribution(), "--version");
        assertThat(version.output()).startsWith("penstock ").contains("java ");
        assertThat(version.code()).isZero();
    }

    @Test
    void passesArgumentsAndExitCodesThrough() throws Exception {
        Path script = distribution();
        Path config =
                Files.writeString(directory.resolve("my config.yaml"), "ingress: {port: '*'}");
        Run validate = run(script, "validate", "-c", config.toString());
        assertThat(validate.code()).isEqualTo(4);
        assertThat(validate.output()).contains("my config.yaml:1:17: ingress.port").contains("'*'");
        assertThat(run(script, "nonsense").code()).isEqualTo(2);
    }

    @Test
    void findsItselfThroughSymbolicLinks() throws Exception {
        Path script = distribution();
        Path first = Files.createSymbolicLink(directory.resolve("first"), script);
        Path second = Files.createSymbolicLink(directory.resolve("second"), first.getFileName());
        assertThat(run(second, "--version").output()).startsWith("penstock ");
    }

    @Test
    void userOptionsReachTheJvm() throws Exception {
        environment.put("PENSTOCK_OPTS", "-XshowSettings:properties -Dmine=yes");
        assertThat(run(distribution(), "--version").output()).contains("mine = yes");
    }

    @Test
    void saysWhenJavaIsTooOldOrMissing() throws Exception {
        Path script = distribution();
        Path old = directory.resolve("jdk-11");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 9\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        environment.put("JAVA_HOME", old.toString());
        Run tooOld = run(script, "--version");
        assertThat(tooOld.code()).isEqualTo(5);
        assertThat(tooOld.output()).contains("is Java 11; Penstock needs 17 or newer");
        environment.put("JAVA_HOME", directory.resolve("nowhere").toString());
        assertThat(run(script, "--version").output()).contains("there is no bin/java in it");
    }

    @Test
    void saysWhenNothingIsBesideIt() throws Exception {
        Run alone = run(script(directory.resolve("alone")), "--version");
        assertThat(alone.code()).isEqualTo(5);
        assertThat(alone.output()).contains("neither pom.xml nor lib/ beside");
        Run inBin = run(script(directory.resolve("no lib/bin")), "--version");
        assertThat(inBin.output()).contains("neither pom.xml nor lib/ beside");
    }

    @Test
    void runsFromWhereverOneIs() throws Exception {
        Path script = distribution();
        directory = Files.createDirectories(directory.resolve("elsewhere/further"));
        assertThat(run(Path.of("../../a distribution/bin/penstock"), "--version").output())
                .startsWith("penstock ");
        assertThat(run(script, "--version").output()).startsWith("penstock ");
    }

    @Test
    void takesTheJavaOfThePathWithoutJavaHome() throws Exception {
        Path script = distribution();
        Path java = Path.of(environment.remove("JAVA_HOME"), "bin");
        environment.put("PATH", java + File.pathSeparator + System.getenv("PATH"));
        environment.put("JAVA_HOME", "");
        assertThat(run(script, "--version").output()).startsWith("penstock ");
    }

    @Test
    void classDataThatDoNotFitArePassedOverWithoutAWord() throws Exception {
        Path script = distribution();
        Files.createDirectories(script.resolveSibling("../conf"));
        Files.writeString(script.resolveSibling("../conf/jvm.options"), "");
        Files.writeString(script.resolveSibling("../lib/classes.jsa"), "no class data");
        Run run = run(script, "run", "--config", "/nowhere.yaml");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.output()).startsWith("penstock run: ");
    }

    /** A checkout whose Maven only notes that it was called, and makes the jars. */
    private Path checkout() throws IOException {
        Path home = directory.resolve("a checkout");
        Path script = script(home);
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        for (String module : MODULES) {
            Path sources = Files.createDirectories(home.resolve(module).resolve("src/main/java"));
            Files.writeString(sources.resolve("A.java"), "class A {}");
            Files.writeString(home.resolve(module).resolve("pom.xml"), "<project/>");
        }
        Path classpath = directory.resolve("classpath.jar");
        classPathJar(classpath);
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path mvn =
                Files.writeString(
                        bin.resolve("mvn"),
                        """
                        #!/bin/sh
                        echo "mvn $*" >>"%s"
                        for m in %s; do mkdir -p $m/target; : >$m/target/penstock-$m-1.jar; done
                        mkdir -p perf/target/lib && cp "%s" perf/target/lib/
                        """
                                .formatted(calls(), String.join(" ", MODULES), classpath));
        assertThat(mvn.toFile().setExecutable(true)).isTrue();
        environment.put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
        return script;
    }

    private Path calls() {
        return directory.resolve("calls");
    }

    private List<String> mavenCalls() throws IOException {
        return Files.exists(calls()) ? Files.readAllLines(calls()) : List.of();
    }

    @Test
    void buildsACheckoutOnceAndAgainWhenASourceIsNewer() throws Exception {
        Path script = checkout();
        Run first = run(script, "--version");
        assertThat(first.code()).isZero();
        assertThat(first.output()).contains("penstock: building");
        assertThat(mavenCalls()).containsExactly("mvn -q -Dquick -DskipTests package");

        Run second = run(script, "--version");
        assertThat(second.output()).doesNotContain("building").startsWith("penstock ");
        assertThat(mavenCalls()).hasSize(1);

        Path source = script.resolveSibling("exporter/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        run(script, "--version");
        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void saysWhenTheBuildFails() throws Exception {
        Path script = checkout();
        Files.writeString(directory.resolve("bin/mvn"), "#!/bin/sh\nexit 1\n");
        Run failed = run(script, "--version");
        assertThat(failed.code()).isEqualTo(5);
        assertThat(failed.output()).contains("the build failed");
    }
}
