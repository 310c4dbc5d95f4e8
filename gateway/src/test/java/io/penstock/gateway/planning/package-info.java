/** Tests of the package of this name. */
@NullMarked
package io.penstock.gateway.planning;

import org.jspecify.annotations.NullMarked;
