package io.penstock.exporter.stage;

/**
 * The staged bytes of one owner of repos on this node, as a part of those of all.
 *
 * <p>Threading: any thread; must not block.
 */
public interface StagedShare {
    /** One that holds everything and counts nothing. */
    StagedShare ALL =
            new StagedShare() {
                @Override
                public String fault(long bytes, long repoBytes, long nodeBytes, long nodeLimit) {
                    return "";
                }

                @Override
                public void add(long bytes) {}
            };

    /**
     * Whether more may be staged.
     *
     * @param bytes that are to be staged
     * @param repoBytes staged in their repo already
     * @param nodeBytes staged on the node, {@code bytes} included
     * @param nodeLimit of those
     * @return empty when they may, else which limit is in the way, for people
     */
    String fault(long bytes, long repoBytes, long nodeBytes, long nodeLimit);

    /** Bytes were staged, or, negative, are staged no more. */
    void add(long bytes);
}
