package io.penstock.gateway.config;

import io.penstock.exporter.fanout.BoundSink;
import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.exporter.fanout.SinkSpec;
import io.penstock.exporter.sink.SinkFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads configurations. Everything wrong with one is said at once.
 *
 * <p>Threading: any thread; blocks on files.
 */
public final class ConfigLoader {
    private final SinkRegistry sinks;
    private final Function<String, @Nullable String> environment;

    /**
     * A loader.
     *
     * @param sinks what exports may name
     * @param environment values of {@code ${NAME}}, or null for those not set
     */
    public ConfigLoader(SinkRegistry sinks, Function<String, @Nullable String> environment) {
        this.sinks = sinks;
        this.environment = environment;
    }

    /**
     * Reads a file, or every {@code *.yaml} of a directory in the order of their names.
     *
     * @throws ConfigException with every fault found
     */
    public GatewayConfig load(Path fileOrDirectory) throws ConfigException {
        List<ConfigFault> faults = new ArrayList<>();
        Node document = new YamlFiles(faults).read(fileOrDirectory);
        return bind(document, fileOrDirectory.toString(), faults);
    }

    /**
     * Reads a text.
     *
     * @param label what stands for the file in messages
     * @throws ConfigException with every fault found
     */
    public GatewayConfig parse(String label, String text) throws ConfigException {
        List<ConfigFault> faults = new ArrayList<>();
        Node document = new YamlFiles(faults).compose(label, text);
        return bind(document, label, faults);
    }

    /**
     * Reads one export, by the rules of an item of {@code exports}.
     *
     * @param label what stands for the file in messages
     * @param entry the item's keys as {@link Documents} reads them
     * @param within the configuration that it is to be part of
     * @throws ConfigException with every fault found
     */
    public ExportSpec parseExport(String label, Map<String, ?> entry, GatewayConfig within)
            throws ConfigException {
        List<ConfigFault> faults = new ArrayList<>();
        RecordBinder binder = new RecordBinder(sinks, new Substitution(environment), faults);
        ExportSpec spec = binder.bindRoot(ExportSpec.class, Documents.node(entry), label);
        if (spec == null || !faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        try {
            GatewayConfig.checkSink(within.kafka(), "sink", spec);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigException(
                    List.of(new ConfigFault(label, "sink", String.valueOf(wrong.getMessage()))));
        }
        return spec;
    }

    /** Tells exports, without their secrets. */
    public ExportForm form() {
        return new ExportForm(sinks);
    }

    /** Every key that an export and a sink may have, for forms. */
    public Map<String, Object> catalog() {
        return SinkCatalog.of(sinks);
    }

    /**
     * Binds the settings of a sink that this loader has read to the record of its factory.
     *
     * @throws ConfigException when an environment variable or secret has gone since
     */
    public BoundSink<?> bindSink(SinkSpec spec) throws ConfigException {
        SinkFactory<?> factory =
                sinks.find(spec.type())
                        .orElseThrow(() -> new IllegalArgumentException("no sink " + spec.type()));
        return bindSink(factory, spec);
    }

    private <C extends Record> BoundSink<C> bindSink(SinkFactory<C> factory, SinkSpec spec)
            throws ConfigException {
        List<ConfigFault> faults = new ArrayList<>();
        RecordBinder binder = new RecordBinder(sinks, new Substitution(environment), faults);
        Node node = RawSettings.node(spec.settings());
        C config = binder.bindRoot(factory.configType(), node, "sink " + spec.type());
        if (config == null) {
            throw new ConfigException(faults);
        }
        return new BoundSink<>(factory, config);
    }

    private GatewayConfig bind(@Nullable Node document, String label, List<ConfigFault> faults)
            throws ConfigException {
        if (document == null && !faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        RecordBinder binder = new RecordBinder(sinks, new Substitution(environment), faults);
        GatewayConfig config = binder.bindRoot(GatewayConfig.class, document, label);
        if (config == null || !faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        return config;
    }
}
