/** Who may do what. */
@NullMarked
package io.penstock.gateway.access;

import org.jspecify.annotations.NullMarked;
