package io.penstock.gateway.notify;

import io.vertx.core.Future;

/** A way to somebody outside of the node. Threading: any thread; never blocks. */
public interface Channel {
    /** What the configuration calls it. */
    String name();

    /** {@code webhook}, {@code slack} or {@code mail}. */
    String kind();

    /**
     * Sends a notice. Completes when the other side took it; fails with a {@link
     * LostNoticeException} when it is given up, which is counted and logged already.
     */
    Future<Void> send(Notice notice);

    /** The same with a single try, for a person who waits. */
    Future<Void> sendOnce(Notice notice);

    /** What became of the notices so far. */
    ChannelStats stats();
}
