/** Proof of the package of the same name. */
@NullMarked
package io.penstock.exporter.ring.tool;

import org.jspecify.annotations.NullMarked;
