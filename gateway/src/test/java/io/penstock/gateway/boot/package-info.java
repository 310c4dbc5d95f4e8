/** Tests of the process. */
@NullMarked
package io.penstock.gateway.boot;

import org.jspecify.annotations.NullMarked;
