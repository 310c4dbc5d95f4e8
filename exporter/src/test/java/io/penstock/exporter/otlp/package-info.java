/** Tests of OTLP; the generated classes of opentelemetry-proto are the judges. */
@NullMarked
package io.penstock.exporter.otlp;

import org.jspecify.annotations.NullMarked;
