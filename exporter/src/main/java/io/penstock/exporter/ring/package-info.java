/** The transactional staging buffer, plain JDK. */
@NullMarked
package io.penstock.exporter.ring;

import org.jspecify.annotations.NullMarked;
