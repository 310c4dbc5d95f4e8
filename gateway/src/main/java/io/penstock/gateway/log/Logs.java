package io.penstock.gateway.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.penstock.gateway.config.GatewayConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The log of this process. Where the binding of SLF4J is not Logback, nothing is done.
 *
 * <p>Threading: any thread.
 */
public final class Logs {
    private static final long SWEEP_MS = 500;

    private Logs() {}

    /** Sets level and form, and has repetitions counted; once. */
    public static void configure(GatewayConfig.Log config) {
        LoggerContext context = context();
        if (context == null) {
            return;
        }
        set(context, org.slf4j.Logger.ROOT_LOGGER_NAME, config.level());
        for (Repeats repeats : apply(context, config, System::nanoTime)) {
            ScheduledFuture<?> untilTheEnd =
                    context.getScheduledExecutorService()
                            .scheduleWithFixedDelay(
                                    repeats::sweep, SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
            context.addScheduledFuture(untilTheEnd);
        }
    }

    /** The same to one context; answers the filters, which are to be swept. */
    static List<Repeats> apply(
            LoggerContext context, GatewayConfig.Log config, LongSupplier nowNs) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        List<Repeats> filters = new ArrayList<>();
        for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
            Appender<ILoggingEvent> appender = all.next();
            if (config.format() == GatewayConfig.LogFormat.JSON
                    && appender instanceof OutputStreamAppender<ILoggingEvent> writes) {
                writes.setEncoder(json(context));
            }
            if (config.burst() > 0) {
                Repeats repeats =
                        new Repeats(
                                config.burst(),
                                TimeUnit.MILLISECONDS.toNanos(config.repeatIntervalMs()),
                                nowNs,
                                appender::doAppend);
                repeats.setContext(context);
                repeats.start();
                appender.addFilter(repeats);
                filters.add(repeats);
            }
        }
        return filters;
    }

    private static LayoutWrappingEncoder<ILoggingEvent> json(LoggerContext context) {
        JsonLines lines = new JsonLines();
        lines.setContext(context);
        lines.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(lines);
        encoder.start();
        return encoder;
    }

    /** Levels that are set, by the names of their loggers, {@code root} for all others. */
    static Map<String, String> levels() {
        Map<String, String> levels = new TreeMap<>();
        LoggerContext context = context();
        if (context != null) {
            for (Logger logger : context.getLoggerList()) {
                Level level = logger.getLevel();
                if (level != null) {
                    levels.put(named(logger.getName()), level.toString().toLowerCase(Locale.ROOT));
                }
            }
        }
        return levels;
    }

    private static String named(String logger) {
        return logger.equals(org.slf4j.Logger.ROOT_LOGGER_NAME) ? "root" : logger;
    }

    /**
     * Sets the level of a logger, from now until the process ends.
     *
     * @param logger {@code root} for all that have none of their own
     * @param level null gives it back what those around it have
     */
    static void level(String logger, GatewayConfig.@Nullable Level level) {
        LoggerContext context = context();
        if (context != null) {
            boolean root = logger.equals("root");
            set(context, root ? org.slf4j.Logger.ROOT_LOGGER_NAME : logger, level);
        }
    }

    private static void set(
            LoggerContext context, String logger, GatewayConfig.@Nullable Level level) {
        context.getLogger(logger).setLevel(level == null ? null : Level.valueOf(level.name()));
    }

    private static @Nullable LoggerContext context() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext logback ? logback : null;
    }
}
