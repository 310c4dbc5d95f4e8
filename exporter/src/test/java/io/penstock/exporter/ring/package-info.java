/** Proof of the package of the same name. */
@NullMarked
package io.penstock.exporter.ring;

import org.jspecify.annotations.NullMarked;
