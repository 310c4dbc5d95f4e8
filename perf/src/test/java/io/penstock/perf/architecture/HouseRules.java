package io.penstock.perf.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rules themselves; each answers with what breaks it, so that a planted violation can be shown
 * to be seen.
 */
final class HouseRules {

    private static final String ROOT = "io.penstock.";
    private static final String GENERATED = ROOT + "proto.";

    /** Package prefixes of foreign libraries and the word by which the table calls them. */
    private static final Map<String, String> FOREIGN = new LinkedHashMap<>();

    static {
        FOREIGN.put("io.vertx.core.", "vertx-core");
        FOREIGN.put("io.vertx.ext.auth.", "vertx-auth");
        FOREIGN.put("io.vertx.ext.dropwizard.", "vertx-metrics");
        FOREIGN.put("io.vertx.grpc.", "vertx-grpc");
        FOREIGN.put("io.vertx.kafka.", "vertx-kafka");
        FOREIGN.put("io.vertx.ext.mail.", "vertx-mail");
        FOREIGN.put("io.vertx.pgclient.", "vertx-pg");
        FOREIGN.put("io.vertx.sqlclient.", "vertx-pg");
        FOREIGN.put("io.vertx.spi.cluster.hazelcast.", "vertx-hazelcast");
        FOREIGN.put("io.netty.", "netty");
        FOREIGN.put("com.google.protobuf.", "protobuf");
        FOREIGN.put("com.fasterxml.jackson.", "jackson-core");
        FOREIGN.put("com.github.luben.zstd.", "zstd");
        FOREIGN.put("org.xerial.snappy.", "snappy");
        FOREIGN.put("org.apache.parquet.", "parquet");
        FOREIGN.put("software.amazon.awssdk.", "aws-s3");
        FOREIGN.put("com.codahale.metrics.", "dropwizard");
        FOREIGN.put("org.snakeyaml.", "snakeyaml");
        FOREIGN.put("picocli.", "picocli");
        FOREIGN.put("org.slf4j.", "slf4j");
        FOREIGN.put("ch.qos.logback.", "logback");
        FOREIGN.put("com.hazelcast.", "hazelcast");
        FOREIGN.put("org.apache.kafka.", "kafka");
        FOREIGN.put("org.openjdk.jmh.", "jmh");
        FOREIGN.put("org.openjdk.jcstress.", "jcstress");
        FOREIGN.put("org.HdrHistogram.", "hdrhistogram");
    }

    private HouseRules() {}

    /** Imports that the table does not allow, as {@code class -> package or library}. */
    static Set<String> importsOutsideTheTable(JavaClasses classes, PackageTable table) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            PackageTable.Row row = table.rows().get(type.getPackageName());
            if (row == null) {
                found.add(type.getPackageName() + " has no row in the table");
                continue;
            }
            for (String target : targets(type)) {
                if (!allowed(type.getPackageName(), row, target)) {
                    found.add(type.getName() + " -> " + target);
                }
            }
        }
        return found;
    }

    /** Rows of the table that no class lives under: a map of what is not there. */
    static Set<String> rowsWithoutCode(JavaClasses classes, PackageTable table) {
        Set<String> rows = new TreeSet<>(table.rows().keySet());
        classes.forEach(type -> rows.remove(type.getPackageName()));
        return rows;
    }

    /** Parents that import their children. */
    static Set<String> parentsThatImportChildren(JavaClasses classes) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            String child = type.getPackageName() + ".";
            targets(type).stream()
                    .filter(target -> target.startsWith(child))
                    .forEach(target -> found.add(type.getName() + " -> " + target));
        }
        return found;
    }

    /** The first circle among packages, described; empty when there is none. */
    static String circles(JavaClasses classes) {
        var result =
                SlicesRuleDefinition.slices()
                        .matching("(**)")
                        .should()
                        .beFreeOfCycles()
                        .allowEmptyShould(true)
                        .evaluate(classes);
        return result.getFailureReport().getDetails().stream().collect(Collectors.joining("\n"));
    }

    /** Interfaces with static factories of their own kind: the usual seed of a circle. */
    static Set<String> factoriesOnInterfaces(JavaClasses classes) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            if (type.isInterface() && !type.isAnnotation()) {
                type.getMethods().stream()
                        .filter(m -> m.getModifiers().toString().contains("STATIC"))
                        .filter(m -> m.getModifiers().toString().contains("PUBLIC"))
                        .filter(m -> m.getRawReturnType().equals(type))
                        .forEach(m -> found.add(m.getFullName()));
            }
        }
        return found;
    }

    /** Packages named for what they are not about. */
    static Set<String> emptyWords(JavaClasses classes) {
        Set<String> banned =
                Set.of("util", "utils", "common", "impl", "internal", "helper", "misc");
        return classes.stream()
                .map(JavaClass::getPackageName)
                .filter(p -> Set.of(p.split("\\.", -1)).stream().anyMatch(banned::contains))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Packages with more than {@code most} top-level types, with their count. */
    static Map<String, Integer> crowdedPackages(JavaClasses classes, int most) {
        Map<String, Integer> count = new TreeMap<>();
        classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .forEach(type -> count.merge(type.getPackageName(), 1, Integer::sum));
        count.values().removeIf(n -> n <= most);
        return count;
    }

    private static Set<String> targets(JavaClass type) {
        Set<String> targets = new TreeSet<>();
        type.getDirectDependenciesFromSelf()
                .forEach(
                        d ->
                                targets.add(
                                        d.getTargetClass()
                                                .getBaseComponentType()
                                                .getPackageName()));
        return targets;
    }

    private static boolean allowed(String from, PackageTable.Row row, String target) {
        if (target.equals(from)) {
            return true;
        }
        if (target.startsWith(GENERATED)) {
            return row.everyOfOurs() || row.ours().contains(ROOT + "proto");
        }
        if (target.startsWith(ROOT)) {
            return row.everyOfOurs() || row.ours().contains(target);
        }
        for (Map.Entry<String, String> library : FOREIGN.entrySet()) {
            if ((target + ".").startsWith(library.getKey())) {
                return row.foreign().contains(library.getValue());
            }
        }
        return target.isEmpty()
                || target.startsWith("java.")
                || target.startsWith("javax.")
                || target.startsWith("jdk.")
                || target.startsWith("org.jspecify.")
                || target.startsWith("com.sun.management")
                || row.foreign().contains(target);
    }
}
