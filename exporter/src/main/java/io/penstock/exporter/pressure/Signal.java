package io.penstock.exporter.pressure;

import java.util.Locale;

/** What moved a limit. */
public enum Signal {
    /** The target asked for less: 429, 503, a full queue, records put off one by one. */
    BUSY,
    /** The target did not answer in time. */
    SLOW,
    /** Response times show a queue, or are beyond {@code pressure.slow_after_ms}. */
    RESPONSE_TIME,
    /** With the limit of before, the target got no more done, or less; so it is that again. */
    THROUGHPUT,
    /** The limit has stood for a while, or response times fell: more is tried. */
    TRIAL,
    /** What looked like too much was an outage: the limit of before. */
    OUTAGE;

    /** How metrics and the admin port name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
