/** Tests of gRPC on the data port. */
@NullMarked
package io.penstock.gateway.grpc;

import org.jspecify.annotations.NullMarked;
