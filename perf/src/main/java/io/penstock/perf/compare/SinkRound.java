package io.penstock.perf.compare;

/**
 * One round of a sink: from the first request until the last record is delivered.
 *
 * @param sink word of the sink
 * @param records records delivered
 * @param cpuSeconds CPU of the whole gateway
 * @param seconds wall time
 * @param foreignCores what others on the machine used: above a tenth the round is of little worth
 */
public record SinkRound(
        String sink, long records, double cpuSeconds, double seconds, double foreignCores) {
    /** The number that counts. */
    public double recordsPerCpuSecond() {
        return cpuSeconds == 0 ? 0 : records / cpuSeconds;
    }
}
