package io.penstock.gateway.tenant;

/**
 * How tenants divide what a node has one of: memory for bodies, disk, rings, deliveries.
 *
 * <p>The rule is that of dynamic thresholds (A. K. Choudhury, E. L. Hahne, <i>Dynamic Queue Length
 * Thresholds for Shared-Memory Packet Switches</i>, IEEE/ACM Transactions on Networking 6(2),
 * 1998), with weights: a tenant may have as much as {@link #EAGERNESS} times its weight times what
 * is free. No list of those who compete is needed; it shows in what is free.
 *
 * <ul>
 *   <li>One tenant of weight 1 alone may have 8/9 of all: the rest is kept so that the next one
 *       finds room at once, since what is taken cannot be taken back.
 *   <li>Several that want more than there is end at {@code weight / (1/8 + sum of weights)} each:
 *       their weights' shares, less what is kept free. Who wants less gets what it wants.
 *   <li>Who has more than its threshold, since others came, gets no more until enough of it is
 *       gone.
 * </ul>
 */
final class FairShare {
    /** The alpha of the paper: large shares all but everything, small keeps more for newcomers. */
    static final int EAGERNESS = 8;

    private FairShare() {}

    /**
     * Whether a tenant may have so much.
     *
     * @param mine what it would have then
     * @param free what would be left then
     */
    static boolean allows(long mine, int weight, long free) {
        return free >= 0 && mine <= (double) EAGERNESS * weight * free;
    }
}
