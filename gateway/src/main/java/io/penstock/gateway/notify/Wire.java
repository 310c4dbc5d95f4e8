package io.penstock.gateway.notify;

import io.vertx.core.Future;

/** One try to hand a notice over. Threading: any thread; never blocks. */
interface Wire {
    /** Fails with a {@link LostNoticeException} where the reason is known. */
    Future<Void> post(Notice notice);

    /** Gives connections back. */
    Future<Void> close();
}
