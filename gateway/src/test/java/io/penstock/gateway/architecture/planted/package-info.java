/** Violations planted for the architecture test to see. */
@NullMarked
package io.penstock.gateway.architecture.planted;

import org.jspecify.annotations.NullMarked;
