package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.kafka.TopicLook;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.model.Subject;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sinks of the type {@code kafka}. */
public final class KafkaSinkFactory implements SinkFactory<KafkaSinkConfig> {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSinkFactory.class);

    @Override
    public String type() {
        return "kafka";
    }

    @Override
    public Class<KafkaSinkConfig> configType() {
        return KafkaSinkConfig.class;
    }

    @Override
    public Capabilities capabilities(KafkaSinkConfig config) {
        boolean transactions = config.exactlyOnce();
        return new Capabilities(transactions, transactions, true, !transactions);
    }

    @Override
    public Keeping keeps(KafkaSinkConfig config) {
        return config.exactlyOnce() ? Keeping.DELIVERIES : Keeping.NOTHING;
    }

    @Override
    public Sink create(KafkaSinkConfig config, SinkContext context) {
        Sink sink = make(config, context);
        look(config, context);
        return sink;
    }

    private static Sink make(KafkaSinkConfig config, SinkContext context) {
        if (!config.exactlyOnce()) {
            return new KafkaSink(config, context, ProducerSettings.producer(config));
        }
        try {
            return new TransactionalKafkaSink(config, context, TaskIdentity.of(config, context));
        } catch (IOException failed) {
            throw new IllegalArgumentException(
                    "transactional_id: none given, and none can be kept: " + failed.getMessage(),
                    failed);
        }
    }

    /** Tells a person early what deliveries would only time out on. */
    private static void look(KafkaSinkConfig config, SinkContext context) {
        Subject export = context.subject();
        new TopicLook(context.vertx())
                .facts(config.target(), List.of(config.topic()))
                .onSuccess(
                        facts -> {
                            if (facts.isEmpty()) {
                                LOG.warn("export {}: no topic {}", export, config.topic());
                            }
                        })
                .onFailure(
                        failed ->
                                LOG.warn(
                                        "export {}: {} cannot be asked for topic {}: {}",
                                        export,
                                        config.target(),
                                        config.topic(),
                                        Faults.why(failed)));
    }
}
