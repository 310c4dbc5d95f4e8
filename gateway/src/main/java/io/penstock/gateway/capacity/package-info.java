/**
 * What a node carries, and when it will carry no more.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.capacity.Capacity} tells from the last weeks what one
 * core carries here ({@code UnitCost}, by {@code LineFit}), how much of each resource is in use now
 * and at the peak of the day ({@code Level}), when a line will be crossed ({@code Outlook}, by
 * {@code HourlyForecast}), and how many nodes are wanted ({@code ScaleSignal}).
 *
 * <p><b>Flow.</b> {@code gateway.history.Archive} and the nodes' heartbeats in; {@code
 * /v1/capacity}, two metrics and a webhook ({@code SignalHook}) out.
 *
 * <p><b>Threads.</b> Everything that reads the archive runs on worker threads; the maths knows no
 * clock.
 *
 * <p><b>Limits.</b> 35 days of 5 minutes in, 336 points of past and future each out. A webhook is
 * told {@code SignalHook.MOST_ATTEMPTS} times at the most.
 */
@NullMarked
package io.penstock.gateway.capacity;

import org.jspecify.annotations.NullMarked;
