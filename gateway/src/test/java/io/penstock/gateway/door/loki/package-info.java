/** Tests of the door for Loki's push. */
@org.jspecify.annotations.NullMarked
package io.penstock.gateway.door.loki;
