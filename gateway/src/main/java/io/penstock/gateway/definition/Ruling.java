package io.penstock.gateway.definition;

import io.penstock.exporter.fanout.Export;
import io.penstock.gateway.config.ConfigFault;
import java.util.List;

/** What the desk says to a request. */
public sealed interface Ruling {

    /**
     * What was asked for is so, or would be.
     *
     * @param deed what was done
     * @param differences keys that changed, of a change
     * @param export the export as it is to run; of a deletion, as it ran
     */
    record Settled(Deed deed, List<String> differences, Export export) implements Ruling {}

    /**
     * An export is gone.
     *
     * @param lost what was given up
     */
    record Deleted(Loss lost) implements Ruling {}

    /** What is wrong with the entry of an export; at least one fault. */
    record Faulty(List<ConfigFault> faults) implements Ruling {}

    /** A deletion that gives something up was not forced. */
    record WouldLose(Loss loss) implements Ruling {}

    /**
     * It is not done.
     *
     * @param why for programs
     * @param message for people
     */
    record Refused(Why why, String message) implements Ruling {}

    /** What is done to an export. */
    enum Deed {
        CREATED,
        CHANGED,
        /** It is so already. */
        NOTHING
    }

    /** Why something is not done. */
    enum Why {
        /** There is no such export. */
        UNKNOWN,
        /** It is the configuration's. */
        CONFIGURED,
        /** There are too many. */
        FULL,
        /** Somebody changed it meanwhile, at another node. */
        OVERTAKEN,
        /** Not now. */
        UNAVAILABLE
    }
}
