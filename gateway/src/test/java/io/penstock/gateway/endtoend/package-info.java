/**
 * The whole gateway as a process of its own, from the client's socket to the sink's target, while
 * things break.
 */
@NullMarked
package io.penstock.gateway.endtoend;

import org.jspecify.annotations.NullMarked;
