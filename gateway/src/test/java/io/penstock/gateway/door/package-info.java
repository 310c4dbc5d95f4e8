/** What tests of doors share: a door over a fake intake, and what arrived as JSON. */
@org.jspecify.annotations.NullMarked
package io.penstock.gateway.door;
