/** Proof of the package of the same name. */
@NullMarked
package io.penstock.exporter.cursor;

import org.jspecify.annotations.NullMarked;
