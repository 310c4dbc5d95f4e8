/** Tests. */
@NullMarked
package io.penstock.gateway.capacity;

import org.jspecify.annotations.NullMarked;
