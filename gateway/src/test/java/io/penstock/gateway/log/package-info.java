/** Tests of the log. */
@NullMarked
package io.penstock.gateway.log;

import org.jspecify.annotations.NullMarked;
