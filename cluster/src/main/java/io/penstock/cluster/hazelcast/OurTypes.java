package io.penstock.cluster.hazelcast;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/**
 * Makes what members send each other by number, so that no name of a class comes over the wire. The
 * numbers are part of the format of the cluster.
 */
final class OurTypes implements DataSerializableFactory {
    static final int FACTORY = 7_001;
    static final int PUT_IF_NEWER = 1;
    static final int NEWEST_WINS = 2;
    static final int READ_VERSION = 3;

    @Override
    public IdentifiedDataSerializable create(int type) {
        return switch (type) {
            case PUT_IF_NEWER -> new PutIfNewer();
            case NEWEST_WINS -> new NewestWins();
            case READ_VERSION -> new ReadVersion();
            default -> throw new IllegalArgumentException("no type " + type + " here");
        };
    }
}
