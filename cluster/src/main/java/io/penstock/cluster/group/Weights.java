package io.penstock.cluster.group;

import io.penstock.cluster.task.Resource;

/**
 * How much each resource counts in a node's load, and how much it counts that the tasks of one
 * export stand on different nodes. Only ratios matter.
 *
 * <p>Threading: immutable.
 *
 * @param cpu 0 or more
 * @param memory 0 or more
 * @param network 0 or more
 * @param disk 0 or more
 * @param spread 0 or more; 0: tasks of one export may gather
 */
public record Weights(double cpu, double memory, double network, double disk, double spread) {

    /** Processor and network first, for they are what exports run short of. */
    public static final Weights DEFAULT = new Weights(1, 0.5, 1, 0.5, 1.5);

    /** At least one resource counts. */
    public Weights {
        for (double weight : new double[] {cpu, memory, network, disk, spread}) {
            if (!(weight >= 0 && weight <= 1e6)) {
                throw new IllegalArgumentException(
                        "weight " + weight + " is not between 0 and 1000000");
            }
        }
        if (cpu + memory + network + disk <= 0) {
            throw new IllegalArgumentException("at least one resource must have a weight above 0");
        }
    }

    /** The share of a resource in a node's load; all of them together are 1. */
    public double share(Resource resource) {
        double weight =
                switch (resource) {
                    case CPU -> cpu;
                    case MEMORY -> memory;
                    case NETWORK -> network;
                    case DISK -> disk;
                };
        return weight / resources();
    }

    /** What spread counts beside a load of 1. */
    public double spreadShare() {
        return spread / resources();
    }

    private double resources() {
        return cpu + memory + network + disk;
    }
}
