/** Tests of the package of the same name. */
@NullMarked
package io.penstock.exporter.sink.remotewrite;

import org.jspecify.annotations.NullMarked;
