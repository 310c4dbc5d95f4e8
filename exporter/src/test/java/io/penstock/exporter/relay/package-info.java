/** Tests of who delivers, here or at a peer. */
@NullMarked
package io.penstock.exporter.relay;

import org.jspecify.annotations.NullMarked;
