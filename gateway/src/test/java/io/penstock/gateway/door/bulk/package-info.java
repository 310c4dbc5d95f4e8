/** Tests of the door for _bulk. */
@org.jspecify.annotations.NullMarked
package io.penstock.gateway.door.bulk;
