/** Tests of the journal. */
@NullMarked
package io.penstock.exporter.sink.journal;

import org.jspecify.annotations.NullMarked;
