/** Tests of the door for remote write. */
@org.jspecify.annotations.NullMarked
package io.penstock.gateway.door.remotewrite;
