/** Tests of orders. */
@NullMarked
package io.penstock.cluster.order;

import org.jspecify.annotations.NullMarked;
