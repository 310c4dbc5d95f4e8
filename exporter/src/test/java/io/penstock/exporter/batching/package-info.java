/** Tests of gathered batches. */
@org.jspecify.annotations.NullMarked
package io.penstock.exporter.batching;
