/** Tests of {@code io.penstock.perf.compare}. */
@NullMarked
package io.penstock.perf.compare;

import org.jspecify.annotations.NullMarked;
