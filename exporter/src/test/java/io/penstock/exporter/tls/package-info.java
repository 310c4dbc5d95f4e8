/** Tests of TLS as clients speak it. */
@NullMarked
package io.penstock.exporter.tls;

import org.jspecify.annotations.NullMarked;
