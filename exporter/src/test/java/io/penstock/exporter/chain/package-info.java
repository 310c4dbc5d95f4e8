/** Proof of the package of the same name. */
@NullMarked
package io.penstock.exporter.chain;

import org.jspecify.annotations.NullMarked;
