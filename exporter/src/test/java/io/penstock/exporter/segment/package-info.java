/** Proof of the package of the same name. */
@NullMarked
package io.penstock.exporter.segment;

import org.jspecify.annotations.NullMarked;
