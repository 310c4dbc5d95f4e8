package io.penstock.perf.parquet;

import io.penstock.exporter.accesslog.AccessLogField;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;

/** DuckDB with one thread. Threading: confined to one thread. */
final class Duck implements AutoCloseable {

    private final Connection connection;
    private final AccessLogRows rows;

    Duck(AccessLogRows rows) throws SQLException {
        this.rows = rows;
        connection = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET threads=1");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String readText() {
        String columns =
                Arrays.stream(AccessLogField.values())
                        .map(field -> "'" + field.fieldName() + "': '" + type(field) + "'")
                        .collect(Collectors.joining(", ", "{'time': 'BIGINT', ", "}"));
        return "SELECT * FROM read_csv('"
                + rows.text()
                + "', delim='\t', header=false, quote='', escape='', nullstr='\\N',"
                + " auto_detect=false, columns="
                + columns
                + ")";
    }

    private static String type(AccessLogField field) {
        boolean number = field == AccessLogField.STATUS || field == AccessLogField.BYTES;
        return number ? "BIGINT" : "VARCHAR";
    }

    /** Loads the rows into a table. */
    void load() throws SQLException {
        execute("CREATE TABLE rows AS " + readText());
    }

    ParquetWriterSide fromText() {
        return side("DuckDB from TSV", "COPY (" + readText() + ")");
    }

    ParquetWriterSide fromTable() {
        return side("DuckDB COPY of its own table", "COPY rows");
    }

    private ParquetWriterSide side(String name, String copy) {
        return new ParquetWriterSide() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void write(Path file) throws SQLException {
                execute(
                        copy
                                + " TO '"
                                + file
                                + "' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V1)");
            }
        };
    }

    /** Number of rows in a file, and a sum over all of their fields that are not always null. */
    String digest(Path file) throws SQLException {
        String fields =
                Arrays.stream(AccessLogField.values())
                        .filter(field -> field != AccessLogField.IDENT)
                        .map(field -> "\"" + field.fieldName() + "\"")
                        .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT count(*), bit_xor(hash("
                                        + fields
                                        + ")), sum(hash(file_row_number, "
                                        + fields
                                        + ") % 1000003) FROM read_parquet('"
                                        + file
                                        + "', file_row_number=true)")) {
            result.next();
            return result.getString(1) + " " + result.getString(2) + " " + result.getString(3);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
