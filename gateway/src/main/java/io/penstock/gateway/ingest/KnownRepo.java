package io.penstock.gateway.ingest;

import io.penstock.model.RepoName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A repo name, its bytes, its quota. Threading: confined to the event loop of its lane. */
public final class KnownRepo {
    private final RepoName name;
    private final byte[] utf8;
    private @Nullable Quota quota;

    KnownRepo(RepoName name, byte[] utf8) {
        this.name = name;
        this.utf8 = utf8;
    }

    boolean is(byte[] other, int length) {
        return Arrays.equals(utf8, 0, utf8.length, other, 0, length);
    }

    /** The name. */
    public RepoName name() {
        return name;
    }

    /** The name in UTF-8; not to be changed. */
    public byte[] utf8() {
        return utf8;
    }

    /** What requests to it count in. */
    Quota quota(Admission admission) {
        Quota known = quota;
        if (known == null || known.retired()) {
            known = admission.of(name);
            quota = known;
        }
        return known;
    }
}
