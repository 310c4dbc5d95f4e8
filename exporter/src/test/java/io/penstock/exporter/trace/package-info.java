/** Tests of traces. */
@NullMarked
package io.penstock.exporter.trace;

import org.jspecify.annotations.NullMarked;
