/** Tests of the object sink; DuckDB reads what it writes. */
@NullMarked
package io.penstock.exporter.sink.object;

import org.jspecify.annotations.NullMarked;
