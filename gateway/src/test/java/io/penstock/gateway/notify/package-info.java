/** Tests of messages to people. */
@NullMarked
package io.penstock.gateway.notify;

import org.jspecify.annotations.NullMarked;
