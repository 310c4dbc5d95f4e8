/** Tests of {@code io.penstock.perf.wire}. */
@NullMarked
package io.penstock.perf.wire;

import org.jspecify.annotations.NullMarked;
