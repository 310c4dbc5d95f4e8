package io.penstock.exporter.sink.kafka;

import io.penstock.exporter.sink.SinkContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;

/**
 * Who a task is to the brokers: repo, export, and a number that was drawn once and lies beside the
 * ring. So a restart on the same ring is the same task, and fences what is left of it; the same
 * export on another node, which has a ring and records of its own, is another.
 */
final class TaskIdentity {
    private static final String FILE = "kafka-task";

    private TaskIdentity() {}

    static String of(KafkaSinkConfig config, SinkContext context) throws IOException {
        if (!config.transactionalId().isEmpty()) {
            return context.mayMove()
                    ? config.transactionalId() + "." + context.place()
                    : config.transactionalId();
        }
        Path file = context.stateDirectory().resolve(FILE);
        if (!Files.exists(file)) {
            Path draft = file.resolveSibling(FILE + ".new");
            Files.writeString(draft, Long.toHexString(new SecureRandom().nextLong()));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return "penstock."
                + context.repo()
                + "."
                + context.export()
                + "."
                + Files.readString(file).strip();
    }
}
