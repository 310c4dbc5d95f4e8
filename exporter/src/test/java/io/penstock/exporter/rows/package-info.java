/** Tests of rows on the local disk. */
@NullMarked
package io.penstock.exporter.rows;

import org.jspecify.annotations.NullMarked;
