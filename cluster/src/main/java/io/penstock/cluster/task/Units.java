package io.penstock.cluster.task;

import java.util.function.DoubleBinaryOperator;

/**
 * An amount of each resource, in units: what a node has, or what a task needs.
 *
 * <p>Threading: immutable.
 *
 * @param cpu cores
 * @param memory GiB
 * @param network tens of MB/s
 * @param disk tens of MB/s
 */
public record Units(double cpu, double memory, double network, double disk) {

    /** Nothing of anything. */
    public static final Units ZERO = new Units(0, 0, 0, 0);

    /** Most units of one resource: sums over 10^6 tasks then fit a long in millionths of a unit. */
    public static final double MOST = 1e6;

    /** Bytes per second in a unit of network and of disk. */
    public static final double BYTES_PER_S = 10e6;

    private static final double BYTES_OF_MEMORY = 1L << 30;

    /** Each amount is between 0 and {@link #MOST}. */
    public Units {
        check("cpu", cpu);
        check("memory", memory);
        check("network", network);
        check("disk", disk);
    }

    /** Units of what a machine is measured in. */
    public static Units of(
            double cores, double memoryBytes, double networkBytesPerS, double diskBytesPerS) {
        return new Units(
                cores,
                memoryBytes / BYTES_OF_MEMORY,
                networkBytesPerS / BYTES_PER_S,
                diskBytesPerS / BYTES_PER_S);
    }

    /** The amount of one resource. */
    public double get(Resource resource) {
        return switch (resource) {
            case CPU -> cpu;
            case MEMORY -> memory;
            case NETWORK -> network;
            case DISK -> disk;
        };
    }

    /** Both together. */
    public Units plus(Units other) {
        return with(other, Double::sum);
    }

    /** The larger of both, resource by resource. */
    public Units max(Units other) {
        return with(other, Math::max);
    }

    /** This many times as much. */
    public Units times(double factor) {
        return new Units(cpu * factor, memory * factor, network * factor, disk * factor);
    }

    /** A combination, resource by resource. */
    public Units with(Units other, DoubleBinaryOperator how) {
        return new Units(
                how.applyAsDouble(cpu, other.cpu),
                how.applyAsDouble(memory, other.memory),
                how.applyAsDouble(network, other.network),
                how.applyAsDouble(disk, other.disk));
    }

    private static void check(String what, double amount) {
        if (!(amount >= 0 && amount <= MOST)) {
            throw new IllegalArgumentException(
                    what + " of " + amount + " units is not between 0 and " + MOST);
        }
    }
}
