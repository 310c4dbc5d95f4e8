/**
 * What will be needed, by what was needed at this hour of the week and by what is needed now.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.forecast.RateHistory} keeps the rates of one export
 * for every hour of the week; {@link io.penstock.cluster.forecast.Outlook} says from it and from
 * the live rate what to plan for; {@link io.penstock.cluster.forecast.ExportForecast} turns this
 * into the needs of tasks.
 *
 * <p><b>Flow.</b> The leader's loop observes rates out of heartbeats; the planner asks.
 *
 * <p><b>Threads.</b> A history is confined to the leader's loop; everything else is immutable.
 *
 * <p><b>Limits.</b> 168 slots, 0.9 KB an export. Weeks are of UTC: where clocks are changed, a peak
 * comes an hour off twice a year until the history has followed.
 */
@NullMarked
package io.penstock.cluster.forecast;

import org.jspecify.annotations.NullMarked;
