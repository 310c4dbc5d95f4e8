package io.penstock.exporter.parquet;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What DuckDB sees in Parquet files. Threading: confined to one thread. */
public final class DuckReader implements AutoCloseable {

    private final Connection connection;

    /** A database in memory. */
    public DuckReader() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone='UTC'");
        }
    }

    /** Rows of a file (or of a glob), in order, by column; times as nanoseconds. */
    public List<Map<String, @Nullable Object>> rows(Path file) throws SQLException {
        return query(
                "SELECT epoch_ns(time) AS time, * EXCLUDE (time, file_row_number) FROM"
                        + " read_parquet('"
                        + file
                        + "', file_row_number=true, union_by_name=true, hive_partitioning=false)"
                        + " ORDER BY file_row_number");
    }

    /** Type of each column. */
    public Map<String, String> types(Path file) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        query("DESCRIBE SELECT * FROM read_parquet('" + file + "')")
                .forEach(
                        row ->
                                types.put(
                                        String.valueOf(row.get("column_name")),
                                        String.valueOf(row.get("column_type"))));
        return types;
    }

    /** Rows of a query. */
    public List<Map<String, @Nullable Object>> query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            ResultSetMetaData meta = result.getMetaData();
            while (result.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    row.put(meta.getColumnName(i), plain(result.getObject(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private static @Nullable Object plain(@Nullable Object value) throws SQLException {
        if (value instanceof Blob blob) {
            return ByteBuffer.wrap(blob.getBytes(1, (int) blob.length()));
        }
        boolean known = value == null || value instanceof Number || value instanceof Boolean;
        return known ? value : String.valueOf(value);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
