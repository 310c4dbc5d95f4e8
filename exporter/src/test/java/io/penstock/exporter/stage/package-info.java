/** Tests of stages and their doors. */
@NullMarked
package io.penstock.exporter.stage;

import org.jspecify.annotations.NullMarked;
