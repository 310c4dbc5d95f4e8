/** Tests of the package of the same name. */
@NullMarked
package io.penstock.exporter.sink.web;

import org.jspecify.annotations.NullMarked;
