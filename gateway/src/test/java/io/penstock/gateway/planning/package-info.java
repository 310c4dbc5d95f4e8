/** Tests. */
@NullMarked
package io.penstock.gateway.planning;

import org.jspecify.annotations.NullMarked;
