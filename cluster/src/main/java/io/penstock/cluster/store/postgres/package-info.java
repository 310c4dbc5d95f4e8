/**
 * The store in PostgreSQL.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.store.postgres.PostgresStore}: one row for each
 * cluster in table {@code penstock_assignments}; table {@code penstock_schema} says by which
 * version the tables were made.
 *
 * <p><b>Flow.</b> Compare-and-set is the server's: an insert that replaces the row on conflict only
 * when (epoch, sequence) is larger. A read carries the version that the asker has, and brings the
 * table's bytes only when there is a newer one.
 *
 * <p><b>Threads.</b> Event loops of Vert.x for the protocol, its workers for encoding and decoding.
 *
 * <p><b>Limits.</b> Two connections a node, closed when idle for a statement timeout; 16 requests
 * wait for one; every answer comes within the sum of both timeouts.
 */
@NullMarked
package io.penstock.cluster.store.postgres;

import org.jspecify.annotations.NullMarked;
