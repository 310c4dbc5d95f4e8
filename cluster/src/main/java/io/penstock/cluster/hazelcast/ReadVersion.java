package io.penstock.cluster.hazelcast;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.penstock.cluster.member.VersionedBytes;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs where an entry lies, and answers with the version that its bytes begin with. */
final class ReadVersion
        implements EntryProcessor<String, byte[], byte[]>, ReadOnly, IdentifiedDataSerializable {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] process(Map.Entry<String, byte[]> entry) {
        byte[] there = entry.getValue();
        return there == null
                ? new byte[0]
                : Arrays.copyOf(there, Math.min(there.length, VersionedBytes.PREFIX_BYTES));
    }

    @Override
    public @Nullable EntryProcessor<String, byte[], byte[]> getBackupProcessor() {
        return null; // changes nothing
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}

    @Override
    public int getFactoryId() {
        return OurTypes.FACTORY;
    }

    @Override
    public int getClassId() {
        return OurTypes.READ_VERSION;
    }
}
