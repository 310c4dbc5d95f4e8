/** Doors against clients that are not ours, and in a whole node. */
@org.jspecify.annotations.NullMarked
package io.penstock.gateway.door.mount;
