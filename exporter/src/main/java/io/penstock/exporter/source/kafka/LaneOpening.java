package io.penstock.exporter.source.kafka;

import io.penstock.exporter.kafka.TopicFacts;
import io.penstock.exporter.stage.Stage;
import io.vertx.core.Future;
import java.util.Map;

/**
 * What must be known before a partition's first record: the repo's ring, and who the topic is.
 *
 * <p>Threading: any thread.
 */
record LaneOpening(Future<Stage> stage, Future<Map<String, TopicFacts>> facts) {
    boolean isDone() {
        return stage.isComplete() && facts.isComplete();
    }

    boolean succeeded() {
        return stage.succeeded() && facts.succeeded();
    }

    /** Why not; only after a failure. */
    Throwable cause() {
        return stage.failed() ? stage.cause() : facts.cause();
    }

    /** Runs when both are there or one is not to be had; on some other thread. */
    LaneOpening onDone(Runnable task) {
        Future.join(stage, facts).onComplete(done -> task.run());
        return this;
    }
}
