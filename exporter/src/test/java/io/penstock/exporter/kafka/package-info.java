/** A real Kafka broker for tests, and what tests of source and sink share. */
@NullMarked
package io.penstock.exporter.kafka;

import org.jspecify.annotations.NullMarked;
