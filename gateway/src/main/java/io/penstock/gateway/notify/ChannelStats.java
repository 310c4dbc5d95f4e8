package io.penstock.gateway.notify;

/**
 * A channel at a moment. Counters begin at 0 with the process.
 *
 * @param name what the configuration calls it
 * @param kind of channel
 * @param sent notices that the other side took
 * @param lost notices that were given up
 * @param retries tries after the first
 * @param lastSentMs when one was taken last, since the epoch; 0 for never
 * @param lastError why one was lost last, without secrets; empty if none was, or one was sent since
 */
public record ChannelStats(
        String name,
        String kind,
        long sent,
        long lost,
        long retries,
        long lastSentMs,
        String lastError) {}
