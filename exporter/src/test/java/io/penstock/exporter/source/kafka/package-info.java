/** Tests of the package of the same name, against a real broker. */
@NullMarked
package io.penstock.exporter.source.kafka;

import org.jspecify.annotations.NullMarked;
