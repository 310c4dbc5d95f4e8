/** Tests of the client library without a server. */
@NullMarked
package io.penstock.client;

import org.jspecify.annotations.NullMarked;
