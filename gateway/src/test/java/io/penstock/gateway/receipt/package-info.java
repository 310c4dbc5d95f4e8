/** Tests of receipts that another node is asked for, with nodes that misbehave. */
@NullMarked
package io.penstock.gateway.receipt;

import org.jspecify.annotations.NullMarked;
