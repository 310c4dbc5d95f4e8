/** Tests of the fan-out. */
@NullMarked
package io.penstock.exporter.fanout;

import org.jspecify.annotations.NullMarked;
