package io.penstock.gateway.ingest;

import org.jspecify.annotations.Nullable;

/**
 * A call that is under way, looked at from time to time so that time-outs need no timer of their
 * own. Threading: confined to the event loop of its lane.
 */
public abstract class OpenCall {
    @Nullable OpenCall before;
    @Nullable OpenCall after;
    boolean listed;

    /**
     * Looks at the clock.
     *
     * @param nowMs the lane's clock
     */
    protected abstract void tick(long nowMs);

    /** The call and all that lies around it, as a list without nodes. */
    static final class All {
        private @Nullable OpenCall first;
        private int size;

        void add(OpenCall call) {
            call.listed = true;
            call.after = first;
            if (first != null) {
                first.before = call;
            }
            first = call;
            size++;
        }

        void remove(OpenCall call) {
            if (!call.listed) {
                return;
            }
            call.listed = false;
            OpenCall previous = call.before;
            OpenCall next = call.after;
            if (previous == null) {
                first = next;
            } else {
                previous.after = next;
            }
            if (next != null) {
                next.before = previous;
            }
            call.before = null;
            call.after = null;
            size--;
        }

        /** Ticks every call; a call may remove itself meanwhile, and no other. */
        void tick(long nowMs) {
            OpenCall call = first;
            while (call != null) {
                OpenCall next = call.after;
                call.tick(nowMs);
                call = next;
            }
        }

        int size() {
            return size;
        }
    }
}
