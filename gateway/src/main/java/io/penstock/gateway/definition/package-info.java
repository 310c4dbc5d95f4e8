/**
 * Exports that people make, change, pause and delete while a node runs.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.definition.ExportDefinitions} keeps what was asked for
 * (in one file of the node, {@link io.penstock.gateway.definition.FileDefinitions}, or among the
 * orders of its cluster, {@link io.penstock.gateway.definition.ClusterDefinitions}); {@link
 * io.penstock.gateway.definition.LiveExports} is the catalog of what the configuration and people
 * want; {@link io.penstock.gateway.definition.ExportDesk} takes requests, judges them and answers.
 *
 * <p><b>Flow.</b> A request is checked by the rules of the configuration, written to the file and
 * forced, then {@link io.penstock.gateway.definition.Rollout} makes the fan-out run by it. Where
 * that fails, the file says again what it said before, and what ran runs on. At a start the file is
 * read before the first repo is opened. An export of the configuration is not changed here, only
 * paused; where both have one of a name, the configuration's runs. In a cluster a request becomes
 * an order, and {@link io.penstock.gateway.definition.OrderFollower} of every node, that of the one
 * that was asked too, tells the rollout what new orders make different.
 *
 * <p><b>Threads.</b> Any thread; files are read and written on workers. Requests for one export are
 * served one after another, in the order in which they came.
 *
 * <p><b>Limits.</b> {@link io.penstock.gateway.definition.ExportDesk#MAX_EXPORTS} exports by
 * request, {@link io.penstock.gateway.definition.ExportDesk#MAX_WAITING} requests at once, {@link
 * io.penstock.gateway.definition.DefinitionFile#MAX_BYTES} of file.
 */
@NullMarked
package io.penstock.gateway.definition;

import org.jspecify.annotations.NullMarked;
