/** Tests of text as bytes; the JDK and Jackson are the judges. */
@NullMarked
package io.penstock.exporter.text;

import org.jspecify.annotations.NullMarked;
