/** How the suite is run. */
@NullMarked
package io.penstock.suite;

import org.jspecify.annotations.NullMarked;
