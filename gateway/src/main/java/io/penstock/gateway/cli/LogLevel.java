package io.penstock.gateway.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.penstock.gateway.config.GatewayConfig;
import org.slf4j.LoggerFactory;

/** Sets what is logged. The only place that knows logback. */
final class LogLevel {
    private LogLevel() {}

    static void set(GatewayConfig.Level level) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.valueOf(level.name()));
        }
    }
}
