/** Tests of what sinks are told. */
@NullMarked
package io.penstock.exporter.sink;

import org.jspecify.annotations.NullMarked;
