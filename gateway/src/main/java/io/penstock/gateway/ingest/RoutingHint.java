package io.penstock.gateway.ingest;

import java.util.List;

/**
 * Nodes at which batches of a repo are better pushed than here.
 *
 * <p>Threading: immutable.
 *
 * @param owners {@code host:port} of their data ports
 * @param version of the assignment that says so: epoch and sequence, a dot between them
 * @param fields the same as fields of a {@code PushResponse}, for those who append them
 */
@SuppressWarnings("ArrayRecordComponent") // written as it is, never compared
public record RoutingHint(List<String> owners, String version, byte[] fields) {}
