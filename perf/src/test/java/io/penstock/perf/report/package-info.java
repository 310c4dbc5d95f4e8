/** Tests of {@code io.penstock.perf.report}. */
@NullMarked
package io.penstock.perf.report;

import org.jspecify.annotations.NullMarked;
