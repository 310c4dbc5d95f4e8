/**
 * Which doors there are, and which are open.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.door.mount.DoorsConfig} has the settings of all;
 * {@link io.penstock.gateway.door.mount.Doors} stands among the transports of the data port.
 *
 * <p><b>Flow.</b> A request whose path is one of a door's goes to that door, any other is left to
 * the transport behind.
 *
 * <p><b>Threads.</b> Confined to the event loop of its lane.
 *
 * <p><b>Limits.</b> One port more for each door, where the configuration asks for it; every port
 * speaks all that the data port speaks.
 */
@NullMarked
package io.penstock.gateway.door.mount;

import org.jspecify.annotations.NullMarked;
