/** Violations planted for the architecture test to see. */
@NullMarked
package io.penstock.perf.architecture.planted.util;

import org.jspecify.annotations.NullMarked;
