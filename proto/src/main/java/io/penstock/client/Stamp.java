package io.penstock.client;

/**
 * The identity of a batch that its sender keeps: pushed again under the same stamp, also by another
 * process, it is staged once, as long as the server remembers the producer and the sequence lies
 * among its last 256.
 *
 * @param producerId drawn at random once; not 0
 * @param sequence number of the batch among those of the repo and producer, from 1
 */
public record Stamp(long producerId, long sequence) {
    /** Checks that it is one. */
    public Stamp {
        if (producerId == 0 || sequence < 1) {
            throw new IllegalArgumentException(
                    "a stamp has a producer other than 0 and a sequence from 1");
        }
    }
}
