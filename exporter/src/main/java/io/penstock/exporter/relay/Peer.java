package io.penstock.exporter.relay;

/**
 * A node that takes deliveries.
 *
 * <p>Threading: immutable.
 *
 * @param node its name
 * @param address {@code host:port} on which it takes them
 */
public record Peer(String node, String address) {}
