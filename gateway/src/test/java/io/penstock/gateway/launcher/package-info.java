/** Tests of the launcher script. */
@NullMarked
package io.penstock.gateway.launcher;

import org.jspecify.annotations.NullMarked;
