package io.penstock.cluster;

/**
 * The fencing number of an assignment. Pairs compare by epoch, then sequence; the larger wins,
 * always and everywhere.
 *
 * <p>Threading: immutable.
 *
 * @param epoch fencing epoch of the leader that wrote the assignment; never goes back
 * @param sequence number of the assignment in its epoch
 */
public record Version(long epoch, long sequence) implements Comparable<Version> {

    /** Older than everything that a leader ever writes. */
    public static final Version NONE = new Version(0, 0);

    /** Both parts are 0 or more. */
    public Version {
        if (epoch < 0 || sequence < 0) {
            throw new IllegalArgumentException(
                    "version " + epoch + "." + sequence + " has a negative part");
        }
    }

    @Override
    public int compareTo(Version other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(sequence, other.sequence);
    }

    /** Whether this version replaces the other one. Equal ones do not replace each other. */
    public boolean supersedes(Version other) {
        return compareTo(other) > 0;
    }
}
