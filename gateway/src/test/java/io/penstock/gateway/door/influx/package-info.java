/** Tests of the door for line protocol. */
@org.jspecify.annotations.NullMarked
package io.penstock.gateway.door.influx;
