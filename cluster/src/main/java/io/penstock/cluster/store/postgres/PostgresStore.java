package io.penstock.cluster.store.postgres;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Decoded;
import io.penstock.cluster.assignment.TableCodec;
import io.penstock.cluster.store.Answer;
import io.penstock.cluster.store.AssignmentStore;
import io.penstock.cluster.store.Saved;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in a PostgreSQL database: one row for each cluster, replaced by a newer version only,
 * in one statement. The tables are made when they are first used; tables and rows that a newer
 * version of Penstock made are refused, and never written to.
 *
 * <p>Threading: any thread; never blocks. Answers come on a thread of Vert.x's or Netty's; encoding
 * and decoding run on Vert.x's workers.
 */
public final class PostgresStore implements AssignmentStore {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);

    /** SQLSTATE classes that say that tables or columns are not as they were. */
    private static final String UNDEFINED = "42";

    private final Vertx vertx;
    private final PostgresConfig config;
    private final String cluster;
    private final Pool pool;
    private final long deadlineMs;

    private volatile boolean tablesSeen;

    /**
     * A store; connects when it is first used.
     *
     * @param cluster name of the cluster whose row it is
     */
    public PostgresStore(Vertx vertx, PostgresConfig config, String cluster) {
        this.vertx = vertx;
        this.config = config;
        this.cluster = cluster;
        this.pool = Connections.open(vertx, config);
        this.deadlineMs = (long) config.connectTimeoutMs() + config.statementTimeoutMs();
    }

    @Override
    public CompletionStage<Answer> newerThan(Version known) {
        return bounded(
                tables().compose(schema -> schema > Sql.SCHEMA ? refuse(schema) : load(known)),
                Answer.Down::new);
    }

    @Override
    public CompletionStage<Saved> save(AssignmentTable table) {
        return bounded(
                tables().compose(
                                schema ->
                                        schema > Sql.SCHEMA
                                                ? Future.succeededFuture(
                                                        new Saved.Refused(newerSchema(schema)))
                                                : encodeAndSave(table)),
                Saved.Unknown::new);
    }

    /** Every answer comes within the deadline, and is one. */
    private <T> CompletionStage<T> bounded(Future<T> work, Function<String, T> failed) {
        return work.timeout(deadlineMs, TimeUnit.MILLISECONDS)
                .otherwise(
                        failure -> {
                            if (failure instanceof PgException pg
                                    && String.valueOf(pg.getSqlState()).startsWith(UNDEFINED)) {
                                tablesSeen = false;
                            }
                            LOG.warn("{}: {}", config, failure.toString());
                            return failed.apply(config + ": " + failure);
                        })
                .toCompletionStage();
    }

    /** The version of the tables; makes them when they are not there. */
    private Future<Integer> tables() {
        if (tablesSeen) {
            return Future.succeededFuture(Sql.SCHEMA);
        }
        return pool.query(Sql.IS_THERE)
                .execute()
                .compose(
                        rows ->
                                first(rows).getBoolean("there")
                                        ? Future.succeededFuture()
                                        : pool.query(Sql.CREATE).execute())
                .compose(made -> pool.query(Sql.SCHEMA_VERSION).execute())
                .map(
                        rows -> {
                            int schema = first(rows).getInteger("version");
                            tablesSeen = schema <= Sql.SCHEMA;
                            return schema;
                        });
    }

    private Future<Answer> load(Version known) {
        return pool.preparedQuery(Sql.LOAD)
                .execute(Tuple.of(cluster, known.epoch(), known.sequence(), TableCodec.FORMAT))
                .compose(rows -> answer(first(rows)));
    }

    private Future<Answer> answer(Row row) {
        Optional<String> newer = newer(row);
        if (newer.isPresent()) {
            return Future.succeededFuture(new Answer.Refused(newer.get()));
        }
        Version version = version(row);
        if (version == null) {
            return Future.succeededFuture(new Answer.Empty());
        }
        Buffer content = row.getBuffer("content");
        return content == null
                ? Future.succeededFuture(new Answer.NoNewer(version, 0))
                : vertx.executeBlocking(() -> decode(version, content.getBytes()), false);
    }

    private Answer decode(Version version, byte[] content) {
        Decoded decoded = TableCodec.decode(content);
        String row = config + ", row of cluster " + cluster + ": ";
        if (decoded instanceof Decoded.Refused refused) {
            String why = row + refused.why();
            return refused.fault() == Decoded.Fault.NEWER_FORMAT
                    ? new Answer.Refused(why)
                    : new Answer.Down(why);
        }
        AssignmentTable table = ((Decoded.Table) decoded).table();
        return table.version().equals(version)
                ? new Answer.Found(table, 0)
                : new Answer.Down(row + "of " + version + " with a table of " + table.version());
    }

    private Future<Saved> encodeAndSave(AssignmentTable table) {
        return vertx.executeBlocking(() -> encoded(table), false)
                .compose(
                        content ->
                                content.refused() != null
                                        ? Future.succeededFuture(
                                                new Saved.Refused(content.refused()))
                                        : save(table.version(), content.bytes()));
    }

    /** Bytes, or why there are none. */
    private record Content(Buffer bytes, @Nullable String refused) {}

    private static Content encoded(AssignmentTable table) {
        try {
            return new Content(Buffer.buffer(TableCodec.encode(table)), null);
        } catch (IllegalArgumentException tooLarge) {
            return new Content(Buffer.buffer(), String.valueOf(tooLarge.getMessage()));
        }
    }

    private Future<Saved> save(Version version, Buffer content) {
        Tuple values =
                Tuple.of(
                        cluster,
                        version.epoch(),
                        version.sequence(),
                        TableCodec.FORMAT,
                        content,
                        Sql.SCHEMA);
        return pool.preparedQuery(Sql.SAVE)
                .execute(values)
                .compose(
                        rows ->
                                rows.rowCount() == 1
                                        ? Future.succeededFuture(new Saved.Done())
                                        : whyNot(version, content));
    }

    private Future<Saved> whyNot(Version version, Buffer content) {
        return pool.preparedQuery(Sql.WHY_NOT)
                .execute(Tuple.of(cluster, content))
                .map(
                        rows -> {
                            Row row = first(rows);
                            Optional<String> newer = newer(row);
                            if (newer.isPresent()) {
                                return new Saved.Refused(newer.get());
                            }
                            Version has = version(row);
                            if (has == null) {
                                return new Saved.Unknown(config + ": the row went away meanwhile");
                            }
                            boolean same = Boolean.TRUE.equals(row.getBoolean("same"));
                            return same && has.equals(version)
                                    ? new Saved.Done()
                                    : new Saved.Stale(has);
                        });
    }

    /** Whether a newer Penstock made the tables or the row. */
    private Optional<String> newer(Row row) {
        int schema = row.getInteger("version");
        if (schema > Sql.SCHEMA) {
            tablesSeen = false;
            return Optional.of(newerSchema(schema));
        }
        Integer format = row.getInteger("format");
        return format != null && format > TableCodec.FORMAT
                ? Optional.of(
                        config
                                + ": table of assignments written by a newer version of Penstock:"
                                + " format "
                                + format
                                + ", this one reads up to "
                                + TableCodec.FORMAT)
                : Optional.empty();
    }

    private Future<Answer> refuse(int schema) {
        return Future.succeededFuture(new Answer.Refused(newerSchema(schema)));
    }

    private String newerSchema(int schema) {
        return config
                + ": tables made by a newer version of Penstock: schema "
                + schema
                + ", this one works with up to "
                + Sql.SCHEMA;
    }

    private static @Nullable Version version(Row row) {
        Long epoch = row.getLong("epoch");
        Long sequence = row.getLong("sequence");
        return epoch == null || sequence == null ? null : new Version(epoch, sequence);
    }

    private static Row first(RowSet<Row> rows) {
        if (rows.size() != 1) {
            throw new IllegalStateException(
                    "penstock_schema must have one row, the answer has " + rows.size());
        }
        return rows.iterator().next();
    }

    /** Does not wait: what is on its way is answered as down. */
    @Override
    public void close() {
        pool.close().onFailure(failure -> LOG.warn("{}: closing: {}", config, failure.toString()));
    }
}
