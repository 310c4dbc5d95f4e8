/** Tests of records; the generated protobuf classes and Jackson are the judges. */
@NullMarked
package io.penstock.exporter.record;

import org.jspecify.annotations.NullMarked;
