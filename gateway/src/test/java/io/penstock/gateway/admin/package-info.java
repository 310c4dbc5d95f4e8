/** Tests of the admin port's own parts. */
@NullMarked
package io.penstock.gateway.admin;

import org.jspecify.annotations.NullMarked;
