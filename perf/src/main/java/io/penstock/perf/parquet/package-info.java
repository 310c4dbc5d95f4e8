/**
 * What: our Parquet writer against others, in one process on one core: parquet-java's example
 * writer, and DuckDB, which reads the same rows as tab-separated text or from a table of its own.
 *
 * <p>Flow: {@link io.penstock.perf.parquet.AccessLogRows} makes the rows once, as batches (what the
 * ring holds) and as text; {@link io.penstock.perf.parquet.ParquetBench} has each writer write them
 * in turn, round by round, and has DuckDB compare what was written.
 *
 * <p>Threads: the caller's; DuckDB is told to use one.
 *
 * <p>Limits: all files lie in one directory that is removed at the end, about 2.5 times the rows'
 * text. The table lies in DuckDB's memory.
 */
@NullMarked
package io.penstock.perf.parquet;

import org.jspecify.annotations.NullMarked;
