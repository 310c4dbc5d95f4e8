/** Tests of {@code io.penstock.perf.load}. */
@NullMarked
package io.penstock.perf.load;

import org.jspecify.annotations.NullMarked;
