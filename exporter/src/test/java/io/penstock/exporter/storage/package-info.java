/** Proof of the package of the same name. */
@NullMarked
package io.penstock.exporter.storage;

import org.jspecify.annotations.NullMarked;
