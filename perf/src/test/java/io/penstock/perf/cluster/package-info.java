/** Tests of {@code io.penstock.perf.cluster}. */
@NullMarked
package io.penstock.perf.cluster;

import org.jspecify.annotations.NullMarked;
