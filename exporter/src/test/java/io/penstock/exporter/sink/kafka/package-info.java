/** Tests of the package of the same name, against a real broker. */
@NullMarked
package io.penstock.exporter.sink.kafka;

import org.jspecify.annotations.NullMarked;
