package io.penstock.gateway.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A path some of whose segments, written {@code {name}}, may be anything but empty. */
final class PathTemplate {
    private final List<String> segments;

    PathTemplate(String path) {
        this.segments = List.of(path.split("/", -1));
    }

    /**
     * What stands in the places of the names, or null when the path is another.
     *
     * @throws IllegalArgumentException when something there is not percent-encoded text
     */
    @Nullable Map<String, String> match(String path) {
        String[] given = path.split("/", -1);
        if (given.length != segments.size()) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < given.length; i++) {
            String wanted = segments.get(i);
            if (wanted.startsWith("{") && !given[i].isEmpty()) {
                values.put(wanted.substring(1, wanted.length() - 1), decoded(given[i]));
            } else if (!wanted.equals(given[i])) {
                return null;
            }
        }
        return values;
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
