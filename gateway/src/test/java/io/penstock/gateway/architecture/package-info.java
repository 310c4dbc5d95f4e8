/** Holds pages of docs/ to the code that they speak of. */
@NullMarked
package io.penstock.gateway.architecture;

import org.jspecify.annotations.NullMarked;
