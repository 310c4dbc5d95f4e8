package io.penstock.gateway.alert.watch;

import io.penstock.exporter.fanout.SinkSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;

/**
 * What a sink depends on, in a few words without secrets: {@code http 10.0.0.7:8080}. Exports of
 * one target fail together, and are told of together.
 */
final class SinkTarget {
    private static final List<String> KEYS =
            List.of("url", "target", "cluster", "bootstrap_servers", "directory");
    private static final int MAX_TEXT = 120;

    private SinkTarget() {}

    static String of(SinkSpec sink) {
        Map<String, Object> settings = sink.settings();
        for (String key : KEYS) {
            Object value = settings.get(key);
            if (value != null) {
                return cut(sink.type() + " " + host(value.toString()));
            }
        }
        return sink.type();
    }

    /** Of a URL host and port alone: path, query and user may be secrets. */
    private static String host(String value) {
        if (!value.contains("://") || value.contains("${")) {
            return value;
        }
        try {
            URI uri = new URI(value);
            String host = uri.getHost();
            if (host == null) { // as file:///objects, s3://bucket_1/prefix
                return uri.getScheme() + ":" + (uri.getPath() == null ? "" : uri.getPath());
            }
            return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
        } catch (URISyntaxException malformed) { // the sink itself complains
            return "(malformed)";
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
