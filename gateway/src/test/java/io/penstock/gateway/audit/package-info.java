/** The audit log. */
@NullMarked
package io.penstock.gateway.audit;

import org.jspecify.annotations.NullMarked;
