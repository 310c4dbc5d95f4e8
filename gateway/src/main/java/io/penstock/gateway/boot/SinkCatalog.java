package io.penstock.gateway.boot;

import io.penstock.exporter.sink.SinkFactory;
import io.penstock.gateway.config.SinkTypes;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sinks on the class path, by type.
 *
 * <p>Threading: immutable.
 */
public final class SinkCatalog implements SinkTypes {
    private final Map<String, SinkFactory<?>> factories = new TreeMap<>();

    /**
     * Finds them.
     *
     * @throws IllegalStateException when two sinks claim one type
     */
    public SinkCatalog() {
        for (SinkFactory<?> factory : ServiceLoader.load(SinkFactory.class)) {
            SinkFactory<?> other = factories.putIfAbsent(factory.type(), factory);
            if (other != null) {
                throw new IllegalStateException(
                        "two sinks are called '"
                                + factory.type()
                                + "': "
                                + other.getClass().getName()
                                + " and "
                                + factory.getClass().getName());
            }
        }
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(factories.keySet());
    }

    @Override
    public @Nullable Class<? extends Record> settingsOf(String type) {
        SinkFactory<?> factory = factories.get(type);
        return factory == null ? null : factory.configType();
    }

    /** The factory of a type, or null. */
    public @Nullable SinkFactory<?> factory(String type) {
        return factories.get(type);
    }
}
