package io.penstock.cluster.task;

/** What nodes have and tasks need. The unit of each is chosen so that a standard task needs 1. */
public enum Resource {
    /** Processor time; 1 unit = 1 core. */
    CPU("cpu"),

    /** Main memory; 1 unit = 1 GiB. */
    MEMORY("memory"),

    /** Bytes over the network, both ways together; 1 unit = 10 MB/s. */
    NETWORK("network"),

    /** Bytes written to and read from the disk; 1 unit = 10 MB/s. */
    DISK("disk");

    private final String word;

    Resource(String word) {
        this.word = word;
    }

    /** The word that operators read. */
    public String word() {
        return word;
    }
}
