package io.penstock.perf.network;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** What lies between the nodes of a trial. Threading: confined to the trial's thread. */
public interface Network extends AutoCloseable {

    /**
     * Where a node lives.
     *
     * @param clusterHost address that the other nodes reach
     * @param clusterPort port for membership
     * @param host address that producers and the watch reach
     * @param dataPort its data port
     * @param adminPort its admin port
     * @param through command that starts its process there; may be empty
     */
    record Place(
            String clusterHost,
            int clusterPort,
            String host,
            int dataPort,
            int adminPort,
            List<String> through) {}

    /** A place for one more node. */
    Place place() throws IOException, InterruptedException;

    /** Address of this process that every node reaches, whatever is cut. */
    String here();

    /** Cuts all ways between these places and all others. */
    void cut(Collection<Place> side) throws IOException, InterruptedException;

    /** Drops what one place sends to others; what they send, it gets. */
    void mute(Place from, Collection<Place> to) throws IOException, InterruptedException;

    /** Undoes every cut. */
    void heal() throws IOException, InterruptedException;

    @Override
    void close();
}
