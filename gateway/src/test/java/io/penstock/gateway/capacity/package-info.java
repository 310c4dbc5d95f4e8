/** Tests of the package of this name. */
@NullMarked
package io.penstock.gateway.capacity;

import org.jspecify.annotations.NullMarked;
