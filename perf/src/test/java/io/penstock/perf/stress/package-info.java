/** Tests of {@code io.penstock.perf.stress}. */
@NullMarked
package io.penstock.perf.stress;

import org.jspecify.annotations.NullMarked;
