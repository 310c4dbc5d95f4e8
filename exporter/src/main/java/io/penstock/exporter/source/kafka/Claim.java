package io.penstock.exporter.source.kafka;

import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * How a consumer comes by its partitions. Threading: the consumer's thread, except {@link
 * #hasNews}.
 */
interface Claim {
    /** Before each poll: takes and gives up what is to be. */
    void follow(Assignment assignment);

    /** Whether there is nothing to poll for. */
    boolean isIdle();

    /** Whether {@link #follow} has something to do; any thread. */
    boolean hasNews();

    /** What is asked before each batch of a partition is staged; asked on any thread. */
    BooleanSupplier right(TopicPartition place);

    /** Gives everything up, while all is well. */
    void end(Assignment assignment);

    /** Nothing is had any more, whatever came before. */
    void ended();
}
