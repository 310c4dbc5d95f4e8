/** Tests of the package of the same name. */
@NullMarked
package io.penstock.exporter.sink.console;

import org.jspecify.annotations.NullMarked;
