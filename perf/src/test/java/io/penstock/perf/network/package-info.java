/** Tests of {@code io.penstock.perf.network}. */
@NullMarked
package io.penstock.perf.network;

import org.jspecify.annotations.NullMarked;
