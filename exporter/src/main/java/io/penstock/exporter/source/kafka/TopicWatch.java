package io.penstock.exporter.source.kafka;

import io.penstock.exporter.kafka.ClientFaults;
import io.penstock.exporter.kafka.TopicFacts;
import io.penstock.exporter.kafka.TopicLook;
import io.vertx.core.AsyncResult;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a source's topics from time to time: partitions that are added are in some share, and
 * are begun by who has it. A look takes {@link TopicLook#LIMIT_MS} at the most, one is under way.
 *
 * <p>Threading: any thread.
 */
final class TopicWatch {
    static final long LOOK_MS = 10_000;

    /** While topics are missing, or the brokers do not answer. */
    static final long RETRY_MS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

    private final KafkaSourceConfig config;
    private final SourceParts parts;
    private final AssignedShares shares;

    private volatile String trouble = "";

    // Guarded by this.
    private boolean isStopped;

    TopicWatch(KafkaSourceConfig config, SourceParts parts, AssignedShares shares) {
        this.config = config;
        this.parts = parts;
        this.shares = shares;
    }

    void look() {
        new TopicLook(parts.vertx()).facts(parts.cluster(), config.topics()).onComplete(this::seen);
    }

    private synchronized void seen(AsyncResult<Map<String, TopicFacts>> look) {
        if (isStopped) {
            return;
        }
        Set<String> missing = new HashSet<>();
        if (look.succeeded()) {
            missing.addAll(config.topics());
            missing.removeAll(look.result().keySet());
            shares.topics(look.result());
            say(missing.isEmpty() ? "" : "no topic " + String.join(", ", missing));
        } else {
            say(parts.cluster() + " cannot be asked: " + ClientFaults.why(look.cause()));
        }
        boolean isWhole = look.succeeded() && missing.isEmpty();
        parts.vertx().setTimer(isWhole ? LOOK_MS : RETRY_MS, again -> lookAgain());
    }

    private void say(String what) {
        if (!what.isEmpty() && !what.equals(trouble)) {
            LOG.warn("source {}: {}", config.subject(), what);
        }
        trouble = what;
    }

    /** What keeps it from seeing the topics; empty when nothing does. */
    String trouble() {
        return trouble;
    }

    private synchronized void lookAgain() {
        if (!isStopped) {
            look();
        }
    }

    synchronized void stop() {
        isStopped = true;
    }
}
