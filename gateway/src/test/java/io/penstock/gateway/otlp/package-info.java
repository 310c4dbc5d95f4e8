/** Tests of OTLP at the door; the messages are made by protobuf's own classes. */
@NullMarked
package io.penstock.gateway.otlp;

import org.jspecify.annotations.NullMarked;
