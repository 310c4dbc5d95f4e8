/** The seam to the file system. */
@NullMarked
package io.penstock.exporter.storage;

import org.jspecify.annotations.NullMarked;
