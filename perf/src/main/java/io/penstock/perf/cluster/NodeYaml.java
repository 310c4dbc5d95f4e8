package io.penstock.perf.cluster;

import io.penstock.perf.network.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the nodes of a trial are configured with.
 *
 * @param members {@code host:port} of those that are there at the start
 * @param voters their ids
 * @param repos how many
 * @param target {@code http://host:port} of what they export to
 * @param store the section {@code store} of {@code cluster}
 */
record NodeYaml(List<String> members, List<String> voters, int repos, String target, String store) {

    /** Name of each repo's one export. */
    static final String EXPORT = "out";

    static String repo(int n) {
        return "r" + n;
    }

    /** All names. */
    List<String> repoNames() {
        return IntStream.range(0, repos).mapToObj(NodeYaml::repo).toList();
    }

    /**
     * The whole file of a node.
     *
     * @param changed keys of {@code cluster} that differ from those of the others
     */
    String of(TrialNode node, Map<String, String> changed) {
        Network.Place place = node.place();
        String head =
                """
                node: {id: %s, data_dir: '%s'}
                ingress: {host: %s, port: %d, max_batch_bytes: 512KiB, max_inflated_bytes: 512KiB}
                admin: {host: %s, port: %d}
                access: {anonymous: read}
                ring: {segment_bytes: 1MiB, max_bytes: 64MiB}
                exports:
                %scluster:
                """
                        .formatted(
                                node.id(),
                                node.data().toAbsolutePath(),
                                place.host(),
                                place.dataPort(),
                                place.host(),
                                place.adminPort(),
                                exports());
        Map<String, String> cluster = new LinkedHashMap<>();
        cluster.put("enabled", "true");
        cluster.put("name", "trial");
        cluster.put("host", place.clusterHost());
        cluster.put("port", Integer.toString(place.clusterPort()));
        cluster.put("port_count", "1");
        cluster.put("members", "['" + String.join("', '", members) + "']");
        cluster.put("voters", "[" + String.join(", ", voters) + "]");
        cluster.put("capacity", "{cores: 1, memory_bytes: 1GiB}");
        cluster.put("store", store);
        cluster.putAll(changed);
        StringBuilder text = new StringBuilder(head);
        cluster.forEach((key, value) -> text.append("  %s: %s%n".formatted(key, value)));
        return text.toString();
    }

    private String exports() {
        String each =
                "  - {name: %s, repo: %s, batch: {linger_ms: 50}, sink: {type: http, url: '%s/%s',"
                        + " idempotent: true, headers: {%s: '${%s}'}}}%n";
        return repoNames().stream()
                .map(
                        repo ->
                                each.formatted(
                                        EXPORT,
                                        repo,
                                        target,
                                        repo,
                                        TrialNode.HEADER,
                                        TrialNode.VARIABLE))
                .collect(Collectors.joining());
    }
}
