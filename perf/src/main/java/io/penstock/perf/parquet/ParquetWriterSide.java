package io.penstock.perf.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** One way to get the rows into a Parquet file with ZSTD. */
interface ParquetWriterSide {

    /** Name in tables. */
    String name();

    /** Writes the file, which is not there yet. */
    void write(Path file) throws IOException, SQLException;
}
