package io.penstock.gateway.boot;

import io.penstock.exporter.source.Source;
import io.penstock.exporter.source.SourceStats;
import io.penstock.exporter.source.kafka.AssignedShares;
import io.penstock.exporter.source.kafka.Handover;
import io.penstock.exporter.source.kafka.KafkaSource;
import io.penstock.exporter.source.kafka.KafkaSourceConfig;
import io.penstock.exporter.source.kafka.SourceParts;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.gateway.cluster.AssignedSources;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.tenant.Tenancy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the node pulls. In a cluster, of each source as much as it was assigned.
 *
 * <p>Threading: any thread.
 */
final class Sources implements AssignedSources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

    private final List<Source> all = new ArrayList<>();
    private final Map<String, AssignedShares> shares = new ConcurrentHashMap<>();

    Sources(Vertx vertx, GatewayConfig config, StageRegistry stages, Tenancy tenancy) {
        NamedClusters clusters = new NamedClusters(config.kafka());
        Handover handover = new Handover();
        for (KafkaSourceConfig source : config.sources()) {
            SourceParts parts =
                    new SourceParts(
                            vertx,
                            clusters.find(source.cluster()),
                            stages,
                            context -> tenancy.pulled(stages.newIntake(context)),
                            handover,
                            config.cluster().enabled() ? sharesOf(source.name()) : null);
            all.add(new KafkaSource(source, parts));
        }
    }

    private AssignedShares sharesOf(String source) {
        return shares.computeIfAbsent(source, name -> new AssignedShares());
    }

    @Override
    public AssignedShares assigned(String source) {
        if (!shares.containsKey(source)) {
            LOG.warn(
                    "no source {} in this node's configuration, and it was assigned to it", source);
        }
        return sharesOf(source);
    }

    @Override
    public boolean areReleased() {
        return shares.values().stream().allMatch(AssignedShares::isEmpty);
    }

    Future<?> start() {
        return Future.join(all.stream().map(Source::start).toList());
    }

    /** Pulls nothing more; what is with the stages is staged, and the brokers are told. */
    Future<?> stop() {
        return Future.join(all.stream().map(Source::stop).toList());
    }

    @Override
    public List<SourceStats> stats() {
        return all.stream().map(Source::stats).toList();
    }
}
