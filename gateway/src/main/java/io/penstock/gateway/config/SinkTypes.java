package io.penstock.gateway.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sink types that an export may name. Threading: any thread. */
public interface SinkTypes {
    /** All types, in alphabetical order. */
    Set<String> names();

    /** The record that the settings of a type are bound to, or null for an unknown type. */
    @Nullable Class<? extends Record> settingsOf(String type);
}
