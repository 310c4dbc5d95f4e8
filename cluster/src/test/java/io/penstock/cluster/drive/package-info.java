@NullMarked
package io.penstock.cluster.drive;

import org.jspecify.annotations.NullMarked;
