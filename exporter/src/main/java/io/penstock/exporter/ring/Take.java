package io.penstock.exporter.ring;

/**
 * A run of entries lent to an export until it is committed or rolled back.
 *
 * <p>Threading: confined to one thread at a time; handing it over needs a happens-before edge.
 */
public final class Take {

    Take() {}

    /** First position of the run. */
    public long first() {
        throw new UnsupportedOperationException();
    }

    /** Position behind the run. */
    public long end() {
        throw new UnsupportedOperationException();
    }

    /**
     * Records in the run's readable entries. May be 0 when every entry was quarantined: commit it
     * then.
     */
    public int records() {
        throw new UnsupportedOperationException();
    }

    /** Bytes of the bodies of the run's readable entries. */
    public long bodyBytes() {
        throw new UnsupportedOperationException();
    }

    /** How often the run was offered before. */
    public int attempt() {
        throw new UnsupportedOperationException();
    }

    /**
     * Walks the entries in order; entries with a bad checksum are left out (and counted by the
     * ring).
     */
    public void forEach(EntryVisitor visitor) {
        throw new UnsupportedOperationException();
    }

    /** Sees one entry at a time. */
    @FunctionalInterface
    public interface EntryVisitor {
        /** The view is reused: valid during the call only. */
        void entry(EntryView entry);
    }
}
