package io.penstock.gateway.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.HexFormat;
import java.util.Map;

/**
 * One JSON object a line: {@code time}, {@code level}, {@code logger}, {@code thread}, {@code
 * message}, what it is about, and of an exception {@code error} and {@code stack}. Flat, so that
 * whoever reads it needs no rules.
 *
 * <p>Threading: any thread.
 */
final class JsonLines extends LayoutBase<ILoggingEvent> {
    /** The rest of a stack trace is left out. */
    static final int MAX_TRACE_CHARS = 16 << 10;

    private static final HexFormat HEX = HexFormat.of();

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder json = new StringBuilder(256);
        json.append("{\"time\":\"").append(event.getInstant()).append('"');
        field(json, "level", event.getLevel().toString());
        field(json, "logger", event.getLoggerName());
        field(json, "thread", event.getThreadName());
        field(json, "message", event.getFormattedMessage());
        for (Map.Entry<String, String> each : Subjects.of(event).entrySet()) {
            field(json, each.getKey(), each.getValue());
        }
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            String trace = ThrowableProxyUtil.asString(failure);
            field(json, "error", failure.getClassName() + ": " + failure.getMessage());
            field(json, "stack", trace.substring(0, Math.min(trace.length(), MAX_TRACE_CHARS)));
        }
        return json.append("}\n").toString();
    }

    private static void field(StringBuilder json, String name, String value) {
        json.append(",\"").append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ') {
                        json.append("\\u").append(HEX.toHexDigits(c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
