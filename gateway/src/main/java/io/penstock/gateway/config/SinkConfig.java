package io.penstock.gateway.config;

/**
 * The target of an export: {@code sink: {type: file, directory: ...}}. Which keys stand beside
 * {@code type} is the sink's own affair. Threading: immutable.
 *
 * @param type word that names the sink
 * @param settings the sink's own record
 */
public record SinkConfig(String type, Record settings) {}
