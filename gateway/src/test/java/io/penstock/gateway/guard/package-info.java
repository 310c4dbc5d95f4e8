/** Tests of what guards connections; attacks on real ports are in {@code gateway.abuse}. */
@NullMarked
package io.penstock.gateway.guard;

import org.jspecify.annotations.NullMarked;
