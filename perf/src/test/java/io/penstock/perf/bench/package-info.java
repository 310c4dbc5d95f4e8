/** Tests of {@code io.penstock.perf.bench}. */
@NullMarked
package io.penstock.perf.bench;

import org.jspecify.annotations.NullMarked;
