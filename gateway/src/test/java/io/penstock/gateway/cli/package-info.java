/** Tests of the command line. */
@NullMarked
package io.penstock.gateway.cli;

import org.jspecify.annotations.NullMarked;
