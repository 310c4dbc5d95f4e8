package io.penstock.perf.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Counts rows with DuckDB, which is not of our making. */
final class ParquetRows {
    private ParquetRows() {}

    /** All rows of all Parquet files in a directory and below. */
    static long in(Path directory) throws IOException {
        String count = "SELECT count(*) FROM read_parquet('" + directory + "/**/*.parquet')";
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(count)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException unreadable) {
            throw new IOException("counting rows in " + directory, unreadable);
        }
    }
}
