package io.penstock.perf.stress;

import io.penstock.exporter.ring.ProducerWindows;

/** Answers of {@link ProducerWindows#admit} as words. */
final class Admission {
    private Admission() {}

    static String word(long answer) {
        if (answer >= 0) {
            return "staged";
        }
        if (answer == ProducerWindows.NEW) {
            return "new";
        }
        return answer == ProducerWindows.PENDING ? "pending" : "turned away";
    }
}
