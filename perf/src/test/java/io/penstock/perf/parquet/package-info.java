/** The Parquet bench at smoke size. */
@NullMarked
package io.penstock.perf.parquet;

import org.jspecify.annotations.NullMarked;
