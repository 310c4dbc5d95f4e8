/** Tests of the push client. */
@NullMarked
package io.penstock.gateway.client;

import org.jspecify.annotations.NullMarked;
