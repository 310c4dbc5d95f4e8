package io.penstock.perf.wire;

/**
 * How many requests are under way at once. Threading: immutable.
 *
 * @param connections connections
 * @param streams requests at once on each; HTTP/1.1 has one
 */
public record Shape(int connections, int streams) {}
