package io.penstock.gateway.boot;

import io.penstock.exporter.source.Source;
import io.penstock.exporter.source.SourceStats;
import io.penstock.exporter.source.kafka.Handover;
import io.penstock.exporter.source.kafka.KafkaSource;
import io.penstock.exporter.source.kafka.KafkaSourceConfig;
import io.penstock.exporter.source.kafka.SourceParts;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.gateway.config.GatewayConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** What the node pulls. Threading: any thread. */
final class Sources {
    private final List<Source> all = new ArrayList<>();

    Sources(Vertx vertx, GatewayConfig config, StageRegistry stages) {
        NamedClusters clusters = new NamedClusters(config.kafka());
        Handover handover = new Handover();
        for (KafkaSourceConfig source : config.sources()) {
            SourceParts parts =
                    new SourceParts(
                            vertx,
                            clusters.find(source.cluster()),
                            stages,
                            stages::newIntake,
                            handover);
            all.add(new KafkaSource(source, parts));
        }
    }

    Future<?> start() {
        return Future.join(all.stream().map(Source::start).toList());
    }

    /** Pulls nothing more; what is with the stages is staged, and the brokers are told. */
    Future<?> stop() {
        return Future.join(all.stream().map(Source::stop).toList());
    }

    List<SourceStats> stats() {
        return all.stream().map(Source::stats).toList();
    }
}
