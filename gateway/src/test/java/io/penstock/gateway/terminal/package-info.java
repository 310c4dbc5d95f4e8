/** Tests of terminal output. */
@NullMarked
package io.penstock.gateway.terminal;

import org.jspecify.annotations.NullMarked;
