/**
 * Seeded mutation of valid inputs, for every decoder and ingress. What it found once stays as an
 * input under {@code src/test/resources/fuzz}.
 */
@org.jspecify.annotations.NullMarked
package io.penstock.gateway.fuzz;
