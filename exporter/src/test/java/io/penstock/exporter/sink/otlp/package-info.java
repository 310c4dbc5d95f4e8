/** Tests of the otlp sink; protobuf's own classes read what arrives. */
@NullMarked
package io.penstock.exporter.sink.otlp;

import org.jspecify.annotations.NullMarked;
