package io.penstock.gateway.definition;

import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.order.OrderKey;
import io.penstock.exporter.ring.Beginning;
import io.penstock.model.RepoName;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Definitions as orders of a cluster: their keys and texts. */
final class SharedDefinition {
    private static final Logger LOG = LoggerFactory.getLogger(SharedDefinition.class);

    private SharedDefinition() {}

    static String orderKey(ExportKey key) {
        return OrderKey.definition(key.repo(), key.export());
    }

    static String text(ExportDefinition definition) {
        return DefinitionJson.json(definition).encode();
    }

    /** All that there are. */
    static SortedMap<ExportKey, ExportDefinition> readAll(Orders orders) {
        SortedMap<ExportKey, ExportDefinition> all = new TreeMap<>(ExportKey.ORDER);
        orders.entries()
                .forEach(
                        (key, text) ->
                                OrderKey.defined(key)
                                        .map(SharedDefinition::exportKey)
                                        .ifPresent(export -> all.put(export, read(export, text))));
        return all;
    }

    private static @Nullable ExportKey exportKey(String about) {
        int at = about.indexOf('/');
        try {
            return new ExportKey(
                    new RepoName(about.substring(0, Math.max(0, at))), about.substring(at + 1));
        } catch (IllegalArgumentException foreign) {
            LOG.warn("an order is about export '{}', whose name is none here", about);
            return null;
        }
    }

    /** One, if there is one. */
    static @Nullable ExportDefinition of(Orders orders, ExportKey key) {
        String text = orders.entries().get(orderKey(key));
        return text == null ? null : read(key, text);
    }

    /** One that cannot be read is one that cannot be made: it is not taken for deleted. */
    private static ExportDefinition read(ExportKey key, String text) {
        try {
            ExportDefinition read = DefinitionJson.read(new JsonObject(text));
            if (read.key().equals(key)) {
                return read;
            }
        } catch (DecodeException
                | IllegalArgumentException
                | ClassCastException
                | NullPointerException foreign) {
            LOG.debug("the definition of export {} cannot be read", key, foreign);
        }
        return new ExportDefinition(
                key, Map.of("not-readable-by-this-version", true), Beginning.NEWEST, true);
    }
}
