/** The loopback, for tests of all modules that start servers. */
@NullMarked
package io.penstock.loopback;

import org.jspecify.annotations.NullMarked;
