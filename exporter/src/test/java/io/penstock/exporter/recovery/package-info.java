/** Proof of the package of the same name. */
@NullMarked
package io.penstock.exporter.recovery;

import org.jspecify.annotations.NullMarked;
