/** Tests of the package of the same name. */
@NullMarked
package io.penstock.exporter.sink.file;

import org.jspecify.annotations.NullMarked;
