/** Tests of the metrics page. */
@NullMarked
package io.penstock.gateway.metrics;

import org.jspecify.annotations.NullMarked;
