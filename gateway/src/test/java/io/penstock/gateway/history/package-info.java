/** Tests of what a node did lately. */
@NullMarked
package io.penstock.gateway.history;

import org.jspecify.annotations.NullMarked;
