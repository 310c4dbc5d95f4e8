/** Tests of {@code top} and {@code tail}. */
@NullMarked
package io.penstock.gateway.cli.watch;

import org.jspecify.annotations.NullMarked;
