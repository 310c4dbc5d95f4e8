/** Tests of the package of the same name. */
@NullMarked
package io.penstock.exporter.sink.blackhole;

import org.jspecify.annotations.NullMarked;
