/** Tests of Parquet files; DuckDB is the judge. */
@NullMarked
package io.penstock.exporter.parquet;

import org.jspecify.annotations.NullMarked;
