package io.penstock.gateway.ingest;

import io.penstock.model.RepoName;
import java.util.Arrays;

/** A repo name and its bytes. Threading: immutable. */
public final class KnownRepo {
    private final RepoName name;
    private final byte[] utf8;

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
}
