package io.penstock.exporter.otlp;

import java.util.HashMap;
import java.util.Map;

/** Numbers for labels, while tables are made. Threading: confined to one thread. */
final class Labels {
    private final Map<String, Integer> ids = new HashMap<>();

    int id(String label) {
        return ids.computeIfAbsent(label, fresh -> ids.size());
    }

    int size() {
        return ids.size();
    }
}
