package io.penstock.perf.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.Json;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code conf/kubernetes}, as kustomize makes it, against the models of Kubernetes' own client,
 * which refuse what they do not know.
 */
class KubernetesIT {
    private static final Path MANIFESTS = Path.of("../conf/kubernetes").toAbsolutePath();
    private static final Path CLASSPATH = Path.of("target/servers/kubernetes.classpath");
    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    @TempDir private static Path directory;
    private static URLClassLoader models = new URLClassLoader(new URL[0]);

    @BeforeAll
    static void loadModels() throws Exception {
        List<URL> jars = new ArrayList<>();
        for (String jar : Files.readString(CLASSPATH).split(File.pathSeparator, -1)) {
            jars.add(url(jar));
        }
        models = new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    @AfterAll
    static void close() throws Exception {
        models.close();
    }

    private static URL url(String jar) throws MalformedURLException {
        return Path.of(jar.trim()).toUri().toURL();
    }

    @Test
    void everyFieldIsOneOfKubernetes() throws Exception {
        List<String> kinds = new ArrayList<>();
        for (Map<?, ?> each : made(MANIFESTS)) {
            check(each);
            kinds.add(String.valueOf(each.get("kind")));
        }
        assertThat(kinds)
                .contains("StatefulSet", "Service", "PodDisruptionBudget", "NetworkPolicy")
                .contains("ConfigMap", "Secret", "ServiceAccount", "Namespace");
    }

    @Test
    void whatIsOptionalFitsAsWell() throws Exception {
        Program.in(directory).well("cp", "-r", MANIFESTS.toString(), "base");
        Path base = directory.resolve("base");
        Path kustomization = base.resolve("kustomization.yaml");
        String text = Files.readString(kustomization);
        Files.writeString(
                kustomization,
                text.replace("# - autoscaler.yaml", "- autoscaler.yaml")
                        .replace("# components:", "components:")
                        .replace("#   - discovery-by-api", "  - discovery-by-api"));
        List<String> kinds = new ArrayList<>();
        for (Map<?, ?> each : made(base)) {
            check(each);
            kinds.add(String.valueOf(each.get("kind")));
        }
        assertThat(kinds).contains("HorizontalPodAutoscaler", "Role", "RoleBinding");
    }

    @Test
    void aFieldThatIsNotOneOfKubernetesIsFound() throws Exception {
        String nodes = Files.readString(MANIFESTS.resolve("nodes.yaml"));
        String wrong = nodes.replace("terminationGracePeriodSeconds", "terminationGraceSeconds");
        assertThat(wrong).isNotEqualTo(nodes);
        assertThatThrownBy(() -> checkAll(wrong)).hasMessageContaining("terminationGraceSeconds");
        String mistyped = nodes.replace("replicas: 3", "replicas: three");
        assertThatThrownBy(() -> checkAll(mistyped)).isInstanceOf(RuntimeException.class);
    }

    private static void checkAll(String yaml) throws Exception {
        for (Map<?, ?> each : documents(yaml)) {
            check(each);
        }
    }

    private static List<Map<?, ?>> made(Path kustomization) throws Exception {
        assumeTrue(Program.isThere("kubectl"), "no kubectl: skipped");
        return documents(
                Program.in(directory).well("kubectl", "kustomize", kustomization.toString()));
    }

    private static List<Map<?, ?>> documents(String yaml) {
        List<Map<?, ?>> all = new ArrayList<>();
        for (Object each : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            all.add((Map<?, ?>) each);
        }
        return all;
    }

    /**
     * Fails if a manifest has a field that is not known, lacks one that must be there, or has one
     * of another type.
     */
    private static void check(Map<?, ?> manifest) throws Exception {
        String version = String.valueOf(manifest.get("apiVersion")).replaceFirst(".*/", "");
        String kind = version.toUpperCase(Locale.ROOT) + manifest.get("kind");
        String json = Json.encode(manifest);
        Class<?> element = models.loadClass("com.google.gson.JsonElement");
        Object parsed =
                models.loadClass("com.google.gson.JsonParser")
                        .getMethod("parseString", String.class)
                        .invoke(null, json);
        Class<?> model = models.loadClass(MODELS + kind);
        try {
            model.getMethod("validateJsonElement", element).invoke(null, parsed);
            model.getMethod("fromJson", String.class).invoke(null, json);
        } catch (InvocationTargetException refused) {
            throw new IllegalStateException(kind + ": " + refused.getCause(), refused);
        }
    }
}
