package io.penstock.exporter.fanout;

import io.penstock.exporter.sink.SinkFactory;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The sink types of this process, by name.
 *
 * <p>Threading: immutable.
 */
public final class SinkRegistry {
    private final Map<String, SinkFactory<?>> byType = new TreeMap<>();

    /**
     * A registry of some factories.
     *
     * @throws IllegalArgumentException when two have the same type
     */
    public SinkRegistry(Iterable<? extends SinkFactory<?>> factories) {
        for (SinkFactory<?> factory : factories) {
            SinkFactory<?> other = byType.put(factory.type(), factory);
            if (other != null) {
                throw new IllegalArgumentException(
                        "sink type "
                                + factory.type()
                                + " is claimed by "
                                + other.getClass().getName()
                                + " and "
                                + factory.getClass().getName());
            }
        }
    }

    /** All types on the class path. */
    public static SinkRegistry onClassPath() {
        return new SinkRegistry(
                ServiceLoader.load(SinkFactory.class).stream()
                        .<SinkFactory<?>>map(ServiceLoader.Provider::get)
                        .toList());
    }

    /** The factory of a type. */
    public Optional<SinkFactory<?>> find(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /** All types, sorted. */
    public Collection<String> types() {
        return byType.keySet();
    }
}
