/** Tests of {@code io.penstock.perf.side}. */
@NullMarked
package io.penstock.perf.side;

import org.jspecify.annotations.NullMarked;
