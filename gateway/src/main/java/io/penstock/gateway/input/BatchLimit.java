package io.penstock.gateway.input;

/**
 * When a batch is large enough to go.
 *
 * @param records at the most
 * @param bytes a batch that has so many takes no more records
 */
public record BatchLimit(int records, int bytes) {}
