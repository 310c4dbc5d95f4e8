/** Clients that mean harm, and what honest ones notice of it. */
@NullMarked
package io.penstock.gateway.abuse;

import org.jspecify.annotations.NullMarked;
