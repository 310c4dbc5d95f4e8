package io.penstock.cluster.hazelcast;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.penstock.cluster.member.VersionedBytes;
import java.io.IOException;
import java.util.Map;

/**
 * Runs where an entry lies, one at a time per entry: puts a table unless one as new or newer is
 * there. Answers whether it did.
 */
final class PutIfNewer
        implements EntryProcessor<String, byte[], Boolean>, IdentifiedDataSerializable {
    private static final long serialVersionUID = 1;

    private byte[] table;

    /** For {@link OurTypes}. */
    PutIfNewer() {
        this(new byte[0]);
    }

    PutIfNewer(byte[] table) {
        this.table = table;
    }

    @Override
    public Boolean process(Map.Entry<String, byte[]> entry) {
        byte[] there = entry.getValue();
        if (there != null
                && !VersionedBytes.versionOf(table).supersedes(VersionedBytes.versionOf(there))) {
            return false;
        }
        entry.setValue(table);
        return true;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(table);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        byte[] read = in.readByteArray();
        table = read == null ? new byte[0] : read;
    }

    @Override
    public int getFactoryId() {
        return OurTypes.FACTORY;
    }

    @Override
    public int getClassId() {
        return OurTypes.PUT_IF_NEWER;
    }
}
