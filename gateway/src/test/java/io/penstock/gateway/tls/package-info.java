/** Tests of TLS on listening ports, with real handshakes. */
@NullMarked
package io.penstock.gateway.tls;

import org.jspecify.annotations.NullMarked;
