/** Tests of the console: its routes, and the page in a real browser. */
@NullMarked
package io.penstock.gateway.console;

import org.jspecify.annotations.NullMarked;
