/** Tests of exports made by request: their file and the order of requests. */
@NullMarked
package io.penstock.gateway.definition;

import org.jspecify.annotations.NullMarked;
