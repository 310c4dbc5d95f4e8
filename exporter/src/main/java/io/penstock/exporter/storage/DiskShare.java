package io.penstock.exporter.storage;

/**
 * What some of the rings of a node may take of its disk together.
 *
 * <p>Threading: any thread; must not block.
 */
public interface DiskShare {
    /** One without a limit. */
    DiskShare ALL =
            new DiskShare() {
                @Override
                public boolean allows(long bytes, long freeBytes) {
                    return true;
                }

                @Override
                public void add(long bytes) {}
            };

    /**
     * Whether they may take more.
     *
     * @param bytes that they want
     * @param freeBytes what would be left to all rings that hold much
     */
    boolean allows(long bytes, long freeBytes);

    /** They have taken so much, or, negative, given it back. */
    void add(long bytes);
}
