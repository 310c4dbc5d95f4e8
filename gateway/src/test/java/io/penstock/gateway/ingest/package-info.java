/** Tests of what every way in shares, and the fakes that the other ways' tests stand on. */
@NullMarked
package io.penstock.gateway.ingest;

import org.jspecify.annotations.NullMarked;
