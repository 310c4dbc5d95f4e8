/** Encodings and the visitor that they drive. */
@NullMarked
package io.penstock.exporter.record;

import org.jspecify.annotations.NullMarked;
