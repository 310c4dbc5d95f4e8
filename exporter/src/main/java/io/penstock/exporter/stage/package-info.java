/** One repo on this node. */
@NullMarked
package io.penstock.exporter.stage;

import org.jspecify.annotations.NullMarked;
