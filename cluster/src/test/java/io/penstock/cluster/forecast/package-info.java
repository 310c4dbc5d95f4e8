/** Tests of forecasts. */
@NullMarked
package io.penstock.cluster.forecast;

import org.jspecify.annotations.NullMarked;
