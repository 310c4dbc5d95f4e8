package io.penstock.cluster.store.postgres;

/**
 * The statements.
 *
 * <p>Threading: constants.
 */
final class Sql {

    /** Version of the tables that this build makes, and the newest that it works with. */
    static final int SCHEMA = 1;

    static final String IS_THERE = "SELECT to_regclass('penstock_schema') IS NOT NULL AS there";

    /**
     * Sent as one simple query, which the server takes for one transaction. The lock lets nodes
     * that start together make the tables one after the other.
     */
    static final String CREATE =
            """
            SELECT pg_advisory_xact_lock(5784821002013);
            CREATE TABLE IF NOT EXISTS penstock_schema (version integer NOT NULL);
            CREATE TABLE IF NOT EXISTS penstock_assignments (
                cluster text PRIMARY KEY,
                epoch bigint NOT NULL,
                sequence bigint NOT NULL,
                format integer NOT NULL,
                content bytea NOT NULL,
                saved_at timestamptz NOT NULL);
            INSERT INTO penstock_schema SELECT %d WHERE NOT EXISTS (SELECT FROM penstock_schema);
            """
                    .formatted(SCHEMA);

    static final String SCHEMA_VERSION = "SELECT version FROM penstock_schema";

    /** $1 cluster, $2 epoch, $3 sequence that are known, $4 newest format that can be read. */
    static final String LOAD =
            """
            SELECT s.version, a.epoch, a.sequence, a.format,
                CASE WHEN (a.epoch, a.sequence) > ($2::bigint, $3::bigint) AND a.format <= $4::integer
                    THEN a.content END AS content
            FROM penstock_schema s LEFT JOIN penstock_assignments a ON a.cluster = $1::text
            """;

    /** $1 cluster, $2 epoch, $3 sequence, $4 format, $5 content, $6 {@link #SCHEMA}. */
    static final String SAVE =
            """
            INSERT INTO penstock_assignments AS a (cluster, epoch, sequence, format, content, saved_at)
            SELECT $1::text, $2::bigint, $3::bigint, $4::integer, $5::bytea, now()
            FROM penstock_schema s WHERE s.version <= $6::integer
            ON CONFLICT (cluster) DO UPDATE
            SET epoch = excluded.epoch, sequence = excluded.sequence, format = excluded.format,
                content = excluded.content, saved_at = excluded.saved_at
            WHERE (excluded.epoch, excluded.sequence) > (a.epoch, a.sequence)
                AND a.format <= excluded.format
            """;

    /** Why nothing was saved: $1 cluster, $2 content. */
    static final String WHY_NOT =
            """
            SELECT s.version, a.epoch, a.sequence, a.format, a.content = $2::bytea AS same
            FROM penstock_schema s LEFT JOIN penstock_assignments a ON a.cluster = $1::text
            """;

    private Sql() {}
}
