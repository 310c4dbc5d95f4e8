/** Tests of deliveries between nodes. */
@NullMarked
package io.penstock.gateway.peer;

import org.jspecify.annotations.NullMarked;
