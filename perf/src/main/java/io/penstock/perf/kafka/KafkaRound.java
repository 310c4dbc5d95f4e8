package io.penstock.perf.kafka;

import io.penstock.perf.kafka.KafkaSettings.Question;

/**
 * One window of one side.
 *
 * @param question what was measured
 * @param side whose window it is
 * @param records records that were written in it
 * @param seconds its length
 * @param cpuSeconds CPU of the writing process
 * @param brokerSeconds CPU of the broker
 * @param foreignSeconds CPU of everything else on the machine
 */
public record KafkaRound(
        Question question,
        String side,
        long records,
        double seconds,
        double cpuSeconds,
        double brokerSeconds,
        double foreignSeconds) {

    /** The same over another time. */
    KafkaRound lasting(double otherSeconds) {
        return new KafkaRound(
                question, side, records, otherSeconds, cpuSeconds, brokerSeconds, foreignSeconds);
    }

    /** Throughput. */
    public double recordsPerS() {
        return records / seconds;
    }

    /** CPU of the writing process per record, in microseconds. */
    public double cpuUsPerRecord() {
        return records == 0 ? 0 : cpuSeconds * 1e6 / records;
    }
}
