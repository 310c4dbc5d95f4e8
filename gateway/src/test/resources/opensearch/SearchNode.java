import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/**
 * A single OpenSearch node out of its jars, run as a source file on their class path: arguments are
 * the port and the data directory.
 */
public final class SearchNode extends Node {

    private SearchNode(Environment environment) {
        super(environment, List.of(Netty4Plugin.class), false);
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[1]);
        Settings settings =
                Settings.builder()
                        .put("path.home", home)
                        .put("path.data", home.resolve("data"))
                        .put("path.logs", home.resolve("logs"))
                        .put("node.name", "search")
                        .put("cluster.name", "tests")
                        .put("discovery.type", "single-node")
                        .put("network.host", "127.0.0.1")
                        .put("http.port", arguments[0])
                        .put("transport.port", "0")
                        .put("http.type", Netty4Plugin.NETTY_HTTP_TRANSPORT_NAME)
                        .put("transport.type", Netty4Plugin.NETTY_TRANSPORT_NAME)
                        .put("cluster.routing.allocation.disk.threshold_enabled", "false")
                        .build();
        Environment environment =
                InternalSettingsPreparer.prepareEnvironment(
                        settings, Map.of(), null, () -> "search");
        Node node = new SearchNode(environment);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        node.start();
        Thread.currentThread().join();
    }

    private static void close(Node node) {
        try {
            node.close();
        } catch (java.io.IOException failure) {
            failure.printStackTrace();
        }
    }
}
