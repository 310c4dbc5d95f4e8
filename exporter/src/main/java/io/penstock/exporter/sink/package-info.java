/** The sink SPI. */
@NullMarked
package io.penstock.exporter.sink;

import org.jspecify.annotations.NullMarked;
