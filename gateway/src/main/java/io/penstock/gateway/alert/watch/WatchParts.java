package io.penstock.gateway.alert.watch;

import io.penstock.cluster.drive.ClusterNode;
import io.penstock.cluster.member.Membership;
import io.penstock.exporter.fanout.FanOut;
import io.penstock.exporter.fanout.Ledger;
import io.penstock.exporter.source.SourceStats;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.gateway.alert.AlertsConfig;
import io.penstock.gateway.tls.TlsPorts;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is watched.
 *
 * @param vertx for workers
 * @param settings what does not change while the node runs
 * @param local what this node holds
 * @param tls its certificates
 * @param sources what it pulls
 * @param peers its cluster
 */
public record WatchParts(
        Vertx vertx,
        Settings settings,
        Local local,
        TlsPorts tls,
        Supplier<List<SourceStats>> sources,
        Peers peers) {

    /**
     * What does not change while the node runs.
     *
     * @param node its id
     * @param alerts keys {@code alerts.*}
     * @param dataDirectory where it keeps things
     * @param stagingMaxBytes what it may stage
     * @param console where its page is, asked for when it is told
     */
    public record Settings(
            String node,
            AlertsConfig alerts,
            Path dataDirectory,
            long stagingMaxBytes,
            Supplier<String> console) {}

    /**
     * What a node holds.
     *
     * @param stages the repos that are open
     * @param fanOut the exports that run
     * @param ledger reads the books of a repo; blocks
     * @param isDefined whether somebody defines an export of that name, running or not
     */
    public record Local(
            StageRegistry stages,
            FanOut fanOut,
            Ledger ledger,
            BiPredicate<RepoName, String> isDefined) {}

    /**
     * A node's cluster.
     *
     * @param votes whether this node may lead
     * @param membership null where it is alone
     * @param node its part in what runs where; empty where it is alone
     */
    public record Peers(
            boolean votes,
            Supplier<@Nullable Membership> membership,
            Supplier<Optional<ClusterNode>> node) {}
}
