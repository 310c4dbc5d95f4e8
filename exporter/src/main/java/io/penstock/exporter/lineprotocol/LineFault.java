package io.penstock.exporter.lineprotocol;

/**
 * What is wrong with a line.
 *
 * @param line number of the line, from 1
 * @param column of the byte at which it shows, from 1
 * @param text the line itself, cut off if it is long
 * @param reason in InfluxDB's words where it has some
 */
public record LineFault(int line, int column, String text, String reason) {}
