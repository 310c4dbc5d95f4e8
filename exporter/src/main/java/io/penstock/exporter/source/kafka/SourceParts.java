package io.penstock.exporter.source.kafka;

import io.penstock.exporter.kafka.KafkaCluster;
import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.StageRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The surroundings of a source.
 *
 * <p>Threading: immutable.
 *
 * @param vertx for contexts and administration
 * @param cluster where the topics are
 * @param stages of this node
 * @param intakes makes the intake of a context
 * @param handover the one of this process
 * @param shares what this node has of the source, if a scheduler deals its partitions; null if
 *     Kafka's consumer group does
 */
public record SourceParts(
        Vertx vertx,
        KafkaCluster cluster,
        StageRegistry stages,
        Function<Context, Intake> intakes,
        Handover handover,
        @Nullable AssignedShares shares) {}
