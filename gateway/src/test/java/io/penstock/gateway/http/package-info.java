/** Tests of HTTP on the data port. */
@NullMarked
package io.penstock.gateway.http;

import org.jspecify.annotations.NullMarked;
