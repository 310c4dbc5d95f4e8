package io.penstock.cluster.member;

/**
 * What of a machine is in use. Rates are averages since the sample before.
 *
 * <p>Threading: immutable.
 *
 * @param busyCores cores that the whole machine was busy with
 * @param processCores cores that this process was busy with
 * @param memoryBytes memory of the machine
 * @param availableBytes part of it that could be had without swapping
 * @param residentBytes memory of this process
 * @param networkBytesPerS over all interfaces but loopback, both directions
 * @param diskBytesPerS over all disks, read and written
 * @param freeDiskBytes free where the node keeps its data
 */
public record MachineUse(
        double busyCores,
        double processCores,
        long memoryBytes,
        long availableBytes,
        long residentBytes,
        long networkBytesPerS,
        long diskBytesPerS,
        long freeDiskBytes) {

    /** Of a machine that tells nothing. */
    public static final MachineUse UNKNOWN = new MachineUse(0, 0, 0, 0, 0, 0, 0, 0);
}
