package io.penstock.exporter.ring;

import io.penstock.exporter.chain.RingFiles;
import io.penstock.exporter.chain.SegmentChain;
import io.penstock.exporter.chain.SegmentPool;
import io.penstock.exporter.chain.Tally;

/**
 * What an opener hands to the ring that it opened.
 *
 * @param files names of the files
 * @param config sizes
 * @param environment surroundings
 * @param epoch of the ring
 * @param producers their windows
 * @param chain segments in use
 * @param pool segment files
 * @param tally record counts
 * @param damage damaged entries so far
 * @param floorIndex smallest index that a new segment may have
 */
record RingParts(
        RingFiles files,
        RingConfig config,
        RingEnvironment environment,
        long epoch,
        ProducerWindows producers,
        SegmentChain chain,
        SegmentPool pool,
        Tally tally,
        Damage damage,
        long floorIndex) {}
