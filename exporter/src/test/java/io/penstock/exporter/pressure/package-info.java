/** Limits, waits and rates in virtual time. */
@NullMarked
package io.penstock.exporter.pressure;

import org.jspecify.annotations.NullMarked;
