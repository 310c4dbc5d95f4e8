/** Segment files: where entries lie, how they are written and what a reader makes of them. */
@NullMarked
package io.penstock.exporter.segment;

import org.jspecify.annotations.NullMarked;
