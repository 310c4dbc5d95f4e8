/**
 * The configuration of a node: one tree of records, and how YAML becomes one.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.config.GatewayConfig} is everything a user may set;
 * each key states its default and reason by {@link io.penstock.model.Setting}. {@link
 * io.penstock.gateway.config.ConfigLoader} reads a file or a directory of files into it, and single
 * exports out of requests. {@link io.penstock.gateway.config.ExportForm} is the way back, without
 * secrets.
 *
 * <p><b>Flow.</b> YAML text - nodes with their places - {@code ${...}} replaced - records by
 * reflection - rules in the records' constructors. Faults are gathered, so that one run names them
 * all, each with file, line, column and the whole path of its key.
 *
 * <p><b>Threads.</b> Any thread loads; the records are immutable.
 *
 * <p><b>Limits.</b> A file may have 1 MiB, a directory 256 files; collections by alias are limited
 * by the YAML reader.
 */
@NullMarked
package io.penstock.gateway.config;

import org.jspecify.annotations.NullMarked;
