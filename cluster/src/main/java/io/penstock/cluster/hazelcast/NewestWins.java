package io.penstock.cluster.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import io.penstock.cluster.member.VersionedBytes;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of two tables of one name when halves of a cluster meet again: the one with the
 * larger version stays.
 */
public final class NewestWins
        implements SplitBrainMergePolicy<byte[], MergingValue<byte[]>, Object>,
                IdentifiedDataSerializable {

    /** For Hazelcast, which makes it by its name. */
    public NewestWins() {}

    @Override
    public Object merge(MergingValue<byte[]> merging, @Nullable MergingValue<byte[]> existing) {
        if (existing == null || existing.getDeserializedValue() == null) {
            return merging.getRawValue();
        }
        boolean newer =
                VersionedBytes.versionOf(merging.getDeserializedValue())
                        .supersedes(VersionedBytes.versionOf(existing.getDeserializedValue()));
        return newer ? merging.getRawValue() : existing.getRawValue();
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
        return OurTypes.NEWEST_WINS;
    }
}
