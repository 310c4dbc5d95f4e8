package io.penstock.exporter.sink;

/**
 * Makes sinks of one type. Found through {@link java.util.ServiceLoader}; needs a public
 * constructor without parameters.
 *
 * <p>{@link #create} is called once per deployed export instance, on the context on which the sink
 * will be used; it must not block unless {@link Capabilities#blocking} is set.
 *
 * @param <C> the configuration record, its keys stated by {@link io.penstock.model.Setting}
 */
public interface SinkFactory<C extends Record> {

    /** The word that names this sink in the configuration: lower case, no spaces. */
    String type();

    /** The configuration record. */
    Class<C> configType();

    /** What fan-out must know of a sink with this configuration. */
    Capabilities capabilities(C config);

    /** What a sink with this configuration keeps in its state directory. */
    default Keeping keeps(C config) {
        return Keeping.NOTHING;
    }

    /**
     * Makes a sink.
     *
     * @throws IllegalArgumentException for a configuration that cannot work, with the key named
     *     first
     */
    Sink create(C config, SinkContext context);
}
