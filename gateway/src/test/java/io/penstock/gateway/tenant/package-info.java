/** Tests of tenants' limits and shares. */
@NullMarked
package io.penstock.gateway.tenant;

import org.jspecify.annotations.NullMarked;
