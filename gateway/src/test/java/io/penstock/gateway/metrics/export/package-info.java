/** Tests of own metrics as records. */
@NullMarked
package io.penstock.gateway.metrics.export;

import org.jspecify.annotations.NullMarked;
