package io.penstock.exporter.relay;

import io.vertx.core.Future;

/**
 * Whoever has a real sink of an export only while this node may talk to its target.
 *
 * <p>Threading: called on any thread, hops to its own context.
 */
interface Tenant {
    /** There may be a sink from now on. */
    void begin();

    /**
     * There may be none any more.
     *
     * @param atOnce whether deliveries under way are given up instead of waited for
     * @return completes when nothing is sent any more, within a bound
     */
    Future<Void> end(boolean atOnce);
}
