/** Tests of a node that watches itself. */
@NullMarked
package io.penstock.gateway.alert.watch;

import org.jspecify.annotations.NullMarked;
